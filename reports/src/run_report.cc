#include "reports/src/run_report.h"

#include <exception>

#include "reports/src/report.h"

namespace revenant::reports {

std::vector<std::string> write_run_report(const std::string& folder) noexcept {
  try {
    return make_report({.inputs = {folder}, .out = folder}).problems;
  } catch (const std::exception& error) {
    return {std::string("the report was not written: ") + error.what()};
  }
}

}  // namespace revenant::reports
