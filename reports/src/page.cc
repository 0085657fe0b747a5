#include "reports/src/page.h"

#include <utility>

#include "reports/src/embedded.h"
#include "reports/src/escape.h"
#include "reports/src/page_data.h"

namespace revenant::reports {
namespace {

std::string title_of(const Page& page) {
  if (page.scenarios.size() == 1 && needs_summary(page)) return page.scenarios.front().name;
  if (page.runs.size() == 1 && page.benches.empty()) return page.runs.front().run.name;
  if (page.runs.empty() && page.benches.size() == 1) return page.benches.front().bench.title;
  if (page.benches.empty()) return std::to_string(page.runs.size()) + " runs";
  if (page.runs.empty()) return std::to_string(page.benches.size()) + " sets of benchmarks";
  return "Runs and benchmarks";
}

PageData data_of(const Page& page) {
  PageData runs = PageData::list();
  PageData benches = PageData::list();
  for (std::size_t i = 0; i < page.runs.size(); ++i) {
    runs.push_back(run_data(page.runs[i], run_id(i)));
  }
  for (std::size_t i = 0; i < page.benches.size(); ++i) {
    benches.push_back(bench_data(page.benches[i], bench_id(i)));
  }
  PageData data;
  data["title"] = title_of(page);
  data["style"] = std::string(embedded_file("html/style.css"));
  data["several"] = page.runs.size() + page.benches.size() > 1;
  // The summary of a scenario and the table of several runs lead to each of them as well.
  data["has_nav"] = page.runs.size() + page.benches.size() > 1 && page.scenarios.empty();
  data["several_runs"] = page.runs.size() > 1;
  add_summary(page, data);
  if (page.runs.size() > 1) add_overview(page, data);
  data["runs"] = std::move(runs);
  data["benches"] = std::move(benches);
  return data;
}

}  // namespace

std::string page_html(const Page& page) {
  return filled_template("html/page.mustache", data_of(page));
}

std::string page_markdown(const Page& page) {
  return filled_template("markdown/page.mustache", data_of(page), escaped_for_markdown);
}

std::string page_text(const Page& page) {
  return filled_template("text/page.mustache", data_of(page), as_it_is);
}

}  // namespace revenant::reports
