#include "reports/src/report.h"

#include <utility>

#include "reports/src/charts.h"
#include "reports/src/data_file.h"
#include "reports/src/page.h"
#include "reports/src/page_data.h"
#include "reports/src/page_inputs.h"

namespace revenant::reports {
namespace {

namespace fs = std::filesystem;

void add(std::vector<Chart>& charts, std::optional<Chart> chart) {
  if (chart) charts.push_back(std::move(*chart));
}

std::vector<Chart> charts_of(const RunFolder& run) {
  std::string note = run.name;
  if (run.description && !run.description->started.empty()) {
    note += ", " + run.description->started;
  }
  std::vector<Chart> charts;
  if (run.timeline) add(charts, timeline_chart(*run.timeline, note));
  add(charts, recovery_latency_chart(run.recovery, note));
  for (std::size_t i = 0; i < run.moments.size(); ++i) {
    add(charts, moment_chart(run.moments[i], moment_name(i), note));
  }
  return charts;
}

std::vector<Chart> charts_of(const BenchSection& section) {
  const std::string& note = section.bench.title;
  std::vector<Chart> charts;
  add(charts, throughput_chart(section.figures, note));
  add(charts, throughput_over_payload_chart(section.figures, note));
  add(charts, recovery_over_workers_chart(section.figures, note));
  add(charts, kill_over_workers_chart(section.figures, note));
  add(charts, kill_over_victim_chart(section.figures, note));
  add(charts, kill_over_supervisor_chart(section.figures, note));
  add(charts, goodput_chart(section.figures, note));
  add(charts, memory_chart(section.figures, note));
  add(charts, peers_chart(section.bench.peers, note));
  add(charts, floors_chart(section.figures, note));
  return charts;
}

// One input has its charts in charts/ itself, several have a folder each below it.
void draw_all(Page& page, const fs::path& folder) {
  const bool several = page.runs.size() + page.benches.size() > 1;
  const auto place = [&](const std::string& id) { return several ? folder / id : folder; };
  for (std::size_t i = 0; i < page.runs.size(); ++i) {
    const std::string id = run_id(i);
    page.runs[i].drawing = draw_charts(place(id), id, charts_of(page.runs[i].run));
  }
  if (page.runs.size() > 1) {
    std::vector<const RunFolder*> runs;
    for (const RunSection& section : page.runs) runs.push_back(&section.run);
    std::vector<Chart> charts;
    add(charts, recovery_by_run_chart(runs));
    page.overview = draw_charts(folder / "runs", "runs", charts);
  }
  for (std::size_t i = 0; i < page.benches.size(); ++i) {
    const std::string id = bench_id(i);
    page.benches[i].drawing = draw_charts(place(id), id, charts_of(page.benches[i]));
  }
}

std::vector<std::string> problems_of(const Page& page) {
  std::vector<std::string> problems = page.notes;
  const auto append = [&](const std::vector<std::string>& more) {
    problems.insert(problems.end(), more.begin(), more.end());
  };
  for (const RunSection& section : page.runs) {
    append(section.run.notes);
    append(section.drawing.problems);
  }
  append(page.overview.problems);
  for (const BenchSection& section : page.benches) append(section.drawing.problems);
  return problems;
}

}  // namespace

fs::path default_folder(const std::vector<fs::path>& inputs) {
  std::error_code error;
  const bool is_one_run = inputs.size() == 1 && fs::is_directory(inputs.front(), error);
  return is_one_run ? inputs.front() : fs::path("revenant-report");
}

std::string report_in_words(const std::vector<fs::path>& inputs, ReportFormat format) {
  const Page page = read_inputs(inputs);
  return format == ReportFormat::text ? page_text(page) : page_markdown(page);
}

ReportResult make_report(const ReportRequest& request) {
  Page page = read_inputs(request.inputs);
  const fs::path folder = request.out.value_or(default_folder(request.inputs));
  fs::create_directories(folder);
  draw_all(page, folder / "charts");
  const fs::path html = folder / "report.html";
  write_whole_file(html, page_html(page));
  return {html, problems_of(page)};
}

}  // namespace revenant::reports
