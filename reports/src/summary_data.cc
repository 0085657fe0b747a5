// What stands first on a page of several runs: whether all is well, why not, and what was demanded.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "reports/src/number_text.h"
#include "reports/src/page_data.h"

namespace revenant::reports {
namespace {

// Beyond that many thresholds those runs are folded away that held all of theirs.
constexpr std::size_t kThresholdsShownMax = 12;
constexpr std::size_t kNamesMax = 3;

// One run or one set of benchmarks, as the summary needs it.
struct Part {
  std::string id;
  std::string name;
  std::string verdict;
  const Demands* demands = nullptr;
  std::string reason = {};  // of a verdict that is not pass; may be empty
};

// The first threshold that made the verdict what it is, else what was found.
std::string reason_of(const RunSection& section) {
  if (section.demands) {
    const std::optional<bool> held =
        section.demands->verdict == "fail" ? std::optional(false) : std::nullopt;
    const auto& all = section.demands->thresholds;
    const auto first = std::ranges::find(all, held, &Threshold::held);
    return first == all.end() ? "" : first->text;
  }
  return section.run.verdict ? kinds_of(*section.run.verdict) : "";
}

std::vector<Part> parts_of(const Page& page) {
  std::vector<Part> parts;
  for (const RunSection& section : page.runs) {
    parts.push_back({run_id(parts.size()), section.run.name, verdict_word(section),
                     section.demands ? &*section.demands : nullptr, reason_of(section)});
  }
  for (std::size_t i = 0; i < page.benches.size(); ++i) {
    const BenchSection& section = page.benches[i];
    if (!section.demands) continue;  // figures alone have no verdict
    parts.push_back(
        {bench_id(i), section.bench.title, section.demands->verdict, &*section.demands});
  }
  return parts;
}

std::size_t count_of(const std::vector<Part>& parts, std::string_view verdict) {
  return static_cast<std::size_t>(std::ranges::count(parts, verdict, &Part::verdict));
}

// fail > unknown > pass; a scenario that was cut short is unknown although its runs are not.
std::string worst_of(const Page& page, const std::vector<Part>& parts) {
  const auto any = [&](std::string_view word) {
    return count_of(parts, word) > 0 ||
           std::ranges::any_of(page.scenarios,
                               [&](const Scenario& scenario) { return scenario.verdict == word; });
  };
  if (any("fail")) return "fail";
  return any("unknown") || any("none") ? "unknown" : "pass";
}

// "3 of 12 runs failed: A (64 lost), B (1 orphan), C and 2 more."
std::string those_that(const std::vector<Part>& parts, std::string_view verdict,
                       std::string_view what) {
  std::string names;
  std::size_t found = 0;
  for (const Part& part : parts) {
    if (part.verdict != verdict) continue;
    if (found++ >= kNamesMax) continue;
    names += (names.empty() ? "" : ", ") + part.name;
    if (!part.reason.empty()) names += " (" + part.reason + ")";
  }
  if (found > kNamesMax) names += fmt::format(" and {} more", found - kNamesMax);
  return fmt::format("{} of {} runs {}: {}.", found, parts.size(), what, names);
}

std::size_t thresholds_of(const std::vector<Part>& parts) {
  std::size_t thresholds = 0;
  for (const Part& part : parts) {
    if (part.demands != nullptr) thresholds += part.demands->thresholds.size();
  }
  return thresholds;
}

std::string statement_of(const Page& page, const std::vector<Part>& parts,
                         const std::string& worst) {
  const std::size_t shown = page.runs.size() + page.benches.size() + page.notes.size();
  const bool is_one_scenario =
      page.scenarios.size() == 1 && page.scenarios.front().runs.size() == shown;
  if (is_one_scenario && worst != "pass") return page.scenarios.front().reason;
  if (worst == "fail") return those_that(parts, "fail", "failed");
  if (count_of(parts, "unknown") > 0) {
    return those_that(parts, "unknown", "cannot support a verdict");
  }
  if (count_of(parts, "none") > 0) return those_that(parts, "none", "were not judged");
  const std::size_t thresholds = thresholds_of(parts);
  if (thresholds == 0) {
    return parts.size() == 2 ? "Both runs passed."
                             : fmt::format("All {} runs passed.", parts.size());
  }
  return fmt::format("All {} thresholds of {} runs held.", thresholds, parts.size());
}

// What the runs did together. Empty where not all have counts.
std::string totals_of(const Page& page) {
  std::uint64_t tasks = 0;
  std::uint64_t lost = 0;
  std::uint64_t kills = 0;
  for (const RunSection& section : page.runs) {
    const auto& verdict = section.run.verdict;
    if (!verdict || !verdict->count("tasks")) return "";
    tasks += *verdict->count("tasks");
    lost += verdict->count("lost").value_or(0);
    kills += verdict->count("kills").value_or(0);
  }
  if (page.runs.empty()) return "";
  return fmt::format("{} tasks under {} kills in {} run{}, {} of them lost.", count_text(tasks),
                     count_text(kills), page.runs.size(), page.runs.size() == 1 ? "" : "s",
                     lost == 0 ? "none" : count_text(lost));
}

PageData groups_of(const std::vector<Part>& parts, bool (*wanted)(const Part&)) {
  PageData list = PageData::list();
  for (const Part& part : parts) {
    if (part.demands == nullptr || !wanted(part)) continue;
    PageData group;
    group["id"] = part.id;
    group["name"] = part.name;
    group["thresholds"] = thresholds_data(*part.demands);
    list.push_back(std::move(group));
  }
  return list;
}

void add_thresholds(const std::vector<Part>& parts, PageData& data) {
  const std::size_t thresholds = thresholds_of(parts);
  PageData shown = PageData::list();
  PageData folded = PageData::list();
  if (thresholds <= kThresholdsShownMax) {
    shown = groups_of(parts, [](const Part&) { return true; });
  } else {
    shown = groups_of(parts, [](const Part& part) { return part.verdict != "pass"; });
    folded = groups_of(parts, [](const Part& part) { return part.verdict == "pass"; });
  }
  data["has_demands"] = thresholds > 0;
  data["has_folded"] = !folded.empty();
  data["folded_title"] =
      shown.empty() ? fmt::format("Each of the {} thresholds, and what was measured", thresholds)
                    : fmt::format("{} more {}, of which every threshold held", folded.size(),
                                  folded.size() == 1 ? "run" : "runs");
  data["demands"] = std::move(shown);
  data["folded"] = std::move(folded);
}

}  // namespace

bool needs_summary(const Page& page) {
  const std::size_t shown = page.runs.size() + page.benches.size();
  const auto is_alone = [&](const Scenario& scenario) {
    return scenario.runs_planned <= 1 && shown == 1;  // its own head says it all
  };
  return page.runs.size() > 1 ||
         std::ranges::any_of(page.scenarios, [&](const auto& each) { return !is_alone(each); });
}

void add_summary(const Page& page, PageData& data) {
  const std::vector<Part> parts = parts_of(page);
  const std::string worst = worst_of(page, parts);
  std::string names;
  for (const Scenario& scenario : page.scenarios) {
    names += (names.empty() ? "" : ", ") + scenario.name;
  }
  data["has_summary"] = needs_summary(page);
  data["summary_verdict"] = worst;
  data["summary_mark"] = verdict_mark(worst);
  data["summary_statement"] =
      parts.empty() ? "No run can be shown." : statement_of(page, parts, worst);
  data["summary_totals"] = text_or_false(totals_of(page));
  data["summary_name"] = text_or_false(page.scenarios.size() > 1 ? names : "");  // else the title
  add_thresholds(parts, data);
  data["summary_notes"] = sentences_data(page.notes);
  data["has_summary_notes"] = !page.notes.empty();
}

std::string statement_of(const Demands& demands) {
  const std::size_t all = demands.thresholds.size();
  const auto held = std::ranges::count(demands.thresholds, std::optional(true), &Threshold::held);
  const auto broken =
      std::ranges::count(demands.thresholds, std::optional(false), &Threshold::held);
  if (broken > 0) {
    return fmt::format("{} of {} thresholds {} broken.", broken, all, broken == 1 ? "is" : "are");
  }
  const auto open = static_cast<std::ptrdiff_t>(all) - held;
  if (open > 0) return fmt::format("{} of {} thresholds cannot be told from this run.", open, all);
  if (all <= 2) return all == 1 ? "Its threshold held." : "Both thresholds held.";
  return fmt::format("All {} thresholds held.", all);
}

PageData thresholds_data(const Demands& demands) {
  PageData list = PageData::list();
  for (const Threshold& threshold : demands.thresholds) {
    const char* const verdict = !threshold.held ? "unknown" : *threshold.held ? "pass" : "fail";
    PageData entry;
    entry["text"] = threshold.text;
    entry["says"] = threshold.says;
    entry["place"] = text_or_false(threshold.place);
    entry["class"] = verdict;
    entry["mark"] = verdict_mark(verdict);
    entry["word"] = !threshold.held ? "unknown" : *threshold.held ? "held" : "broken";
    list.push_back(std::move(entry));
  }
  return list;
}

}  // namespace revenant::reports
