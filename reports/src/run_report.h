// The report of one run, for the command that has just made the run.
#pragma once

#include <string>
#include <vector>

namespace revenant::reports {

// Writes report.html and charts/ into `run_folder` from the files in it. Prints nothing, throws
// nothing: what went wrong is returned, a sentence each (empty: everything is there). A missing
// gnuplot costs the charts and is one such sentence; the page is there all the same. Any thread,
// and any process: children of the caller are left alone.
std::vector<std::string> write_run_report(const std::string& run_folder) noexcept;

}  // namespace revenant::reports
