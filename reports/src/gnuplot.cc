#include "reports/src/gnuplot.h"

#include <exception>

#include "reports/src/child_program.h"

namespace revenant::reports {

std::optional<std::filesystem::path> find_gnuplot() { return find_program("gnuplot"); }

std::string run_gnuplot(const GnuplotRun& run) noexcept {
  try {
    // -d: no start-up file. -c: the rest are the script's ARG1 and on.
    std::vector<std::string> arguments = {"-d", "-c", run.script};
    arguments.insert(arguments.end(), run.arguments.begin(), run.arguments.end());
    return run_child({.program = run.program,
                      .folder = run.folder,
                      .arguments = arguments,
                      .task = run.script,
                      .limit = run.limit});
  } catch (const std::exception& error) {
    return std::string("gnuplot was not run: ") + error.what();
  }
}

}  // namespace revenant::reports
