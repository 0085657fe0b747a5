#include "reports/src/page.h"

#include <stdexcept>
#include <utility>

#include "reports/src/embedded.h"
#include "reports/src/number_text.h"
#include "reports/src/page_data.h"

namespace revenant::reports {
namespace {

namespace mustache = kainjow::mustache;

PageData partial(const char* file) {
  return PageData{mustache::partial{[file] { return std::string(embedded_file(file)); }}};
}

std::string count_or_dash(const std::optional<Verdict>& verdict, const char* name) {
  const auto count = verdict ? verdict->count(name) : std::nullopt;
  return count ? count_text(*count) : "\u2013";
}

// A row of the table that stands above several runs.
PageData overview_row(const RunSection& section, const std::string& id) {
  const RunFolder& run = section.run;
  const auto& verdict = run.verdict;
  PageData row;
  row["id"] = id;
  row["name"] = run.name;
  row["verdict"] = verdict ? verdict->verdict : "none";
  for (const char* count : {"tasks", "kills", "lost"}) row[count] = count_or_dash(verdict, count);
  std::string p50 = "\u2013";
  std::string max = "\u2013";
  if (verdict) {
    for (const auto& [stage, times] : verdict->recovery_us) {
      if (stage != "task" || times.n == 0) continue;
      p50 = time_text(times.p50);
      max = time_text(times.max);
    }
  }
  row["task_p50"] = p50;
  row["task_max"] = max;
  return row;
}

std::string title_of(const Page& page) {
  if (page.runs.size() == 1 && page.benches.empty()) return page.runs.front().run.name;
  if (page.runs.empty() && page.benches.size() == 1) return page.benches.front().bench.title;
  return "Runs and benchmarks";
}

}  // namespace

std::string page_html(const Page& page) {
  PageData runs{PageData::type::list};
  PageData overview{PageData::type::list};
  PageData benches{PageData::type::list};
  for (std::size_t i = 0; i < page.runs.size(); ++i) {
    const std::string id = "run-" + std::to_string(i + 1);
    runs.push_back(run_data(page.runs[i], id));
    overview.push_back(overview_row(page.runs[i], id));
  }
  for (std::size_t i = 0; i < page.benches.size(); ++i) {
    benches.push_back(bench_data(page.benches[i], "bench-" + std::to_string(i + 1)));
  }
  PageData data;
  data["title"] = title_of(page);
  data["style"] = std::string(embedded_file("html/style.css"));
  data["several"] = page.runs.size() + page.benches.size() > 1;
  data["several_runs"] = page.runs.size() > 1;
  data["overview"] = std::move(overview);
  data["runs"] = std::move(runs);
  data["benches"] = std::move(benches);
  data["run"] = partial("html/run.mustache");
  data["bench"] = partial("html/bench.mustache");
  data["part"] = partial("html/part.mustache");
  data["charts_of"] = partial("html/charts.mustache");

  mustache::mustache form{std::string(embedded_file("html/page.mustache"))};
  std::string html = form.render(data);
  // The templates are built in and tested; what can go wrong with them is a defect.
  if (!form.is_valid()) throw std::logic_error("page.mustache: " + form.error_message());
  return html;
}

}  // namespace revenant::reports
