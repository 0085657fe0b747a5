// The table that stands above several runs: what differs between them, and what became of it.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "reports/src/number_text.h"
#include "reports/src/page_data.h"
#include "reports/src/plain_text.h"
#include "reports/src/run_labels.h"

namespace revenant::reports {
namespace {

constexpr const char* kNotKnown = "\u2013";
constexpr std::size_t kColumnsMax = 5;  // of options; the others are named below the table
constexpr std::size_t kCellMax = 80;
constexpr std::size_t kNameMax = 60;

std::string count_or_none(const std::optional<Verdict>& verdict, const char* name) {
  const auto count = verdict ? verdict->count(name) : std::nullopt;
  return count ? count_text(*count) : kNotKnown;
}

std::string rate_or_none(const std::optional<double>& rate) {
  return rate && *rate > 0 ? rate_text(*rate) : kNotKnown;
}

// Median and longest of a stage.
std::pair<std::string, std::string> recovery_of(const std::optional<Verdict>& verdict,
                                                const char* stage) {
  if (verdict) {
    for (const auto& [name, times] : verdict->recovery_us) {
      if (name == stage && times.n > 0) return {time_text(times.p50), time_text(times.max)};
    }
  }
  return {kNotKnown, ""};
}

PageData row_of(const RunSection& section, const std::string& id, const std::string& label) {
  const RunFolder& run = section.run;
  const auto& verdict = run.verdict;
  PageData row;
  row["id"] = id;
  row["name"] = label;
  const std::string word = verdict_word(section);
  row["verdict"] = word == "none" ? "no verdict" : word;
  row["verdict_class"] = word;
  row["mark"] = verdict_mark(word);
  row["workers"] = run.workers > 0 ? count_text(run.workers) : kNotKnown;
  for (const char* count : {"tasks", "kills", "lost", "failed"}) {
    row[count] = count_or_none(verdict, count);
  }
  row["is_lossy"] = verdict && verdict->count("lost").value_or(0) > 0;
  row["calm"] = rate_or_none(verdict ? verdict->calm_per_s : std::nullopt);
  row["chaos"] = rate_or_none(verdict ? verdict->chaos_per_s : std::nullopt);
  const auto radius = verdict ? verdict->blast_radius : std::nullopt;
  row["blast_radius"] = radius ? fmt::format("{:.2f}", *radius) : kNotKnown;
  for (const char* stage : {"first_result", "task"}) {
    const auto [median, longest] = recovery_of(verdict, stage);
    row[std::string(stage) + "_p50"] = median;
    row[std::string(stage) + "_max"] = longest;
  }
  return row;
}

}  // namespace

void add_overview(const Page& page, PageData& data) {
  std::vector<const RunFolder*> runs;
  for (const RunSection& section : page.runs) runs.push_back(&section.run);
  const std::vector<std::string> labels = run_labels(runs);
  const std::vector<Difference> differing = differences(runs);
  const std::size_t shown = std::min(differing.size(), kColumnsMax);
  PageData columns = PageData::list();
  for (std::size_t i = 0; i < shown; ++i) columns.push_back({"text", differing[i].name});
  PageData rows = PageData::list();
  for (std::size_t i = 0; i < runs.size(); ++i) {
    PageData row = row_of(page.runs[i], run_id(i), with_its_middle_cut(labels[i], kNameMax));
    PageData cells = PageData::list();
    for (std::size_t k = 0; k < shown; ++k) {
      const std::string& value = differing[k].values[i];
      cells.push_back({"text", value.empty() ? kNotKnown : with_its_middle_cut(value, kCellMax)});
    }
    row["options"] = std::move(cells);
    rows.push_back(std::move(row));
  }
  std::string also;
  for (std::size_t i = shown; i < differing.size(); ++i) {
    also += (also.empty() ? "" : ", ") + differing[i].name;
  }
  data["overview"] = std::move(rows);
  data["overview_of"] = text_or_false(shared_beginning(runs));
  data["overview_columns"] = std::move(columns);
  data["has_differences"] = shown > 0;
  data["also_differ"] = text_or_false(also);
  data["overview_chart"] = chart_data(page.overview, "recovery-by-run");
}

}  // namespace revenant::reports
