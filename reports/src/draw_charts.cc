#include <algorithm>
#include <fstream>
#include <iterator>
#include <system_error>

#include "reports/src/chart.h"
#include "reports/src/data_file.h"
#include "reports/src/embedded.h"
#include "reports/src/gnuplot.h"
#include "reports/src/svg_for_page.h"

namespace revenant::reports {
namespace {

void write_sources(const std::filesystem::path& folder, const std::vector<Chart>& charts) {
  std::filesystem::create_directories(folder);
  for (const char* shared : {"style.gp", "curves.gp", "moment.gp"}) {
    write_whole_file(folder / shared, embedded_file(std::string("charts/") + shared));
  }
  for (const Chart& chart : charts) {
    const std::string script = chart.name + ".gp";
    write_whole_file(folder / script, chart.script.empty() ? embedded_file("charts/" + script)
                                                           : std::string_view(chart.script));
    for (const ChartData& data : chart.data) write_whole_file(folder / data.file, data.text);
  }
}

// Draws one picture under a name of its own and renames it: an earlier picture stays until there is
// a new one. The script tells the format by the end of the name.
std::string draw(const std::filesystem::path& gnuplot, const std::filesystem::path& folder,
                 const Chart& chart, const std::string& picture, const std::string& layout,
                 const std::string& note) {
  const std::string partial = "partial-" + picture;
  std::string problem = run_gnuplot({.program = gnuplot,
                                     .folder = folder,
                                     .script = chart.name + ".gp",
                                     .arguments = {partial, layout, note}});
  std::error_code error;
  if (problem.empty()) {
    std::filesystem::rename(folder / partial, folder / picture, error);
    if (error) problem = "gnuplot exited with 0 but wrote no " + picture;
  }
  std::filesystem::remove(folder / partial, error);
  return problem;
}

std::string read_picture(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

std::string draw_all(const std::filesystem::path& gnuplot, const std::filesystem::path& folder,
                     const std::string& id, const Chart& chart, DrawnChart& drawn) {
  drawn.chart = chart;
  for (const auto& [layout, suffix] : {std::pair("wide", ""), std::pair("narrow", "-narrow")}) {
    const std::string picture = chart.name + suffix + ".svg";
    std::string problem = draw(gnuplot, folder, chart, picture, layout, "");
    if (!problem.empty()) return problem;
    std::string svg = svg_for_page(read_picture(folder / picture), id + "-" + chart.name + suffix,
                                   chart.title, chart.summary);
    if (svg.empty()) return "gnuplot wrote a " + picture + " that is not SVG";
    (std::string_view(layout) == "wide" ? drawn.wide : drawn.narrow) = std::move(svg);
  }
  return draw(gnuplot, folder, chart, chart.name + ".png", "wide", chart.note);
}

}  // namespace

Drawing draw_charts(const std::filesystem::path& folder, const std::string& id,
                    const std::vector<Chart>& charts) {
  Drawing drawing;
  if (charts.empty()) return drawing;
  write_sources(folder, charts);
  const auto gnuplot = find_gnuplot();
  if (!gnuplot) {
    drawing.problems.push_back(
        "gnuplot was not found on PATH, so there are no charts; install it (package gnuplot-nox) "
        "and run `revenant report` again");
    return drawing;
  }
  for (const Chart& chart : charts) {
    DrawnChart drawn;
    const std::string problem = draw_all(*gnuplot, folder, id, chart, drawn);
    if (!problem.empty() && std::find(drawing.problems.begin(), drawing.problems.end(), problem) ==
                                drawing.problems.end()) {
      drawing.problems.push_back(problem);
    }
    if (!drawn.narrow.empty()) drawing.charts.push_back(std::move(drawn));
  }
  return drawing;
}

}  // namespace revenant::reports
