#include "ci/doctor/doctor_command.h"

#include <CLI/CLI.hpp>
#include <cstdio>
#include <iterator>

#include "chaos/src/exit_codes.h"
#include "chaos/src/terminal.h"
#include "ci/doctor/diagnosis.h"

namespace revenant::ci {
namespace {

constexpr const char* kAbout =
    "Says what this machine can and cannot do for the pool and the harness, found out by trying\n"
    "it, and what that costs. Starts a few children that do nothing, and takes under a second.";

constexpr const char* kFooter =
    "Each line: ok, limited (it works, at a cost) or missing; what it is for; what was found.\n\n"
    "Examples:\n"
    "  revenant doctor\n"
    "  revenant doctor --json | jq '.checks[] | select(.state != \"ok\")'\n\n"
    "Exit codes: 0 pool and harness work, at known costs perhaps; 2 something that both need is\n"
    "missing; 3 wrong usage; 4 it could not be tried.";

std::vector<Capability> examine() {
  std::vector<Capability> all = pool_capabilities();
  for (const auto part : {harness_capabilities, tool_capabilities}) {
    std::vector<Capability> more = part();
    std::move(more.begin(), more.end(), std::back_inserter(all));
  }
  return all;
}

}  // namespace

int run_doctor_command(int argc, char** argv) {
  CLI::App app(kAbout, argv[0]);
  app.footer(kFooter);
  bool as_json = false;
  app.add_flag("--json", as_json, "For machines, on standard output");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == static_cast<int>(CLI::ExitCodes::Success)) return app.exit(error);
    std::fprintf(stderr, "%s: %s; see --help\n", argv[0], error.what());
    return chaos::kWrongUsage;
  }
  const std::vector<Capability> all = examine();
  const std::string text =
      as_json ? diagnosis_json(all) : diagnosis_text(all, chaos::wants_colour(stdout));
  if (std::fputs(text.c_str(), stdout) < 0 || std::fflush(stdout) != 0)
    return chaos::kHarnessFailed;
  return diagnosis_exit_code(all);
}

}  // namespace revenant::ci
