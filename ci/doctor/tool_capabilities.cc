#include "ci/doctor/capability.h"
#include "reports/src/child_program.h"
#include "reports/src/gnuplot.h"
#include "reports/src/pdf.h"

namespace revenant::ci {
namespace {

Capability tool(Capability it, const std::optional<std::filesystem::path>& program) {
  if (program) {
    it.found = program->string();
    it.cost.clear();
    it.remedy.clear();
  } else {
    it.ability = Ability::missing;
  }
  return it;
}

}  // namespace

std::vector<Capability> tool_capabilities() {
  return {
      tool({.name = "gnuplot",
            .serves = "the charts of `revenant report`",
            .cost = "the page is made without charts",
            .remedy = "apt install gnuplot-nox"},
           reports::find_gnuplot()),
      tool({.name = "PDF printer",
            .serves = "`revenant report --format pdf`",
            .cost = "the page can be printed from a browser alone",
            .remedy = "apt install chromium, or weasyprint"},
           reports::find_printer()),
      tool({.name = "node",
            .serves = "Node's pools in `revenant matrix` and `bench --peers`",
            .cost = "these rows are left out",
            .remedy = "apt install nodejs"},
           reports::find_program("node")),
      tool({.name = "python3",
            .serves = "Python's pools in `revenant matrix` and `bench --peers`",
            .cost = "these rows are left out",
            .remedy = "apt install python3"},
           reports::find_program("python3")),
  };
}

}  // namespace revenant::ci
