// A chart: a script of reports/charts, the data files it plots, and the words that stand for it.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace revenant::reports {

struct ChartData {
  std::string file;  // "timeline-faults.dat"
  std::string text;
};

struct Chart {
  std::string name;         // "timeline": the script is timeline.gp, the pictures timeline.svg …
  std::string script = {};  // of a chart that there are several of; else the embedded NAME.gp
  std::string title;        // what it shows, as a heading
  std::string summary;      // what can be read from it, for those who do not see it; not escaped
  std::string caption;      // how to read it
  std::string note;         // stands in the PNG, which goes about alone: whose run this is
  std::vector<ChartData> data;
};

struct DrawnChart {
  Chart chart;
  std::string wide;    // SVG to be put into a page (svg_for_page.h); empty if it was not drawn
  std::string narrow;  // the same for the width of a phone
};

struct Drawing {
  std::vector<DrawnChart> charts;     // those that were drawn
  std::vector<std::string> problems;  // why others were not, as sentences; each reason once
};

// Writes scripts and data into `folder` (made if need be), and beside them for each chart NAME.svg,
// NAME-narrow.svg and NAME.png. `id` begins the ids inside the pictures for the page, so that
// charts of several inputs can share it. Needs gnuplot on PATH for the pictures; without it the
// data and the scripts are there and `problems` says what is missing. Throws std::system_error
// where the folder cannot be written. Any thread; waits for gnuplot.
Drawing draw_charts(const std::filesystem::path& folder, const std::string& id,
                    const std::vector<Chart>& charts);

}  // namespace revenant::reports
