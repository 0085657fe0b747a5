// The page: everything that was read and drawn, as one HTML file.
//
// Pure: text in, text out. Every text that came from a file is escaped by the template; only the
// charts and the style sheet are put in as they are. The page needs no network and no script, and
// is well-formed as XML too.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "reports/src/bench_file.h"
#include "reports/src/chart.h"
#include "reports/src/figures.h"
#include "reports/src/run_folder.h"
#include "reports/src/scenario_file.h"

namespace revenant::reports {

struct RunSection {
  RunFolder run;
  std::optional<Demands> demands;  // of the scenario that made the run
  Drawing drawing;
};

struct BenchSection {
  BenchFile bench;
  Figures figures;
  std::optional<Demands> demands;
  Drawing drawing;
};

struct Page {
  std::vector<RunSection> runs;
  std::vector<BenchSection> benches;
  std::vector<Scenario> scenarios;  // those whose runs are all among the above, or are missing
  std::vector<std::string> notes;   // which are missing, as sentences
  Drawing overview;                 // of several runs together
};

std::string page_html(const Page& page);
// The same without charts and log, for a terminal, a commit, the summary of a CI job.
std::string page_markdown(const Page& page);
std::string page_text(const Page& page);

}  // namespace revenant::reports
