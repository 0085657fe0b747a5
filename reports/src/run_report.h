// The report of one run or one scenario, for the command that has just made it.
#pragma once

#include <string>
#include <vector>

namespace revenant::reports {

// Writes report.html and charts/ into the folder of a run or of a scenario, from the files in it.
// Prints nothing, throws nothing: what went wrong is returned, a sentence each (empty: everything
// is there). A missing gnuplot costs the charts and is one such sentence; the page is there all the
// same. Any thread, and any process: children of the caller are left alone.
std::vector<std::string> write_run_report(const std::string& folder) noexcept;

}  // namespace revenant::reports
