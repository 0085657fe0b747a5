#include "chaos/test/targets/target_run.h"

#include <stdlib.h>

#include <algorithm>
#include <filesystem>
#include <stdexcept>

namespace revenant::chaos::targets {

RunOptions patient_options(std::uint64_t seed) {
  using std::chrono_literals::operator""ms;
  RunOptions options;
  options.tasks = 600;
  options.operation = Operation::sleep;
  options.operation_time = 1ms;
  options.outstanding = 16;
  options.schedules = {{.kind = Schedule::Kind::poisson, .per_second = 40}};
  options.faults_min = 4;
  options.recover_within = 10'000ms;
  options.stall_after = 20'000ms;
  options.seed = seed;
  return options;
}

namespace {

// Tasks that kill their workers are to be given up. Where all are innocent, chance alone uses up
// any small number of attempts on a busy machine: five after some fifty seeds, fifteen under load.
const char* attempts_for(const RunOptions& options) {
  const bool has_poison =
      options.operation == Operation::die ||
      std::any_of(options.faults.begin(), options.faults.end(),
                  [](const Fault& fault) { return fault.kind == FaultKind::exit0; });
  return has_poison ? "5" : "1000";
}

}  // namespace

RunResult run_target(RunOptions options, const std::string& mutation) {
  namespace fs = std::filesystem;
  std::string folder = fs::temp_directory_path() / "revenant-target-XXXXXX";
  if (::mkdtemp(folder.data()) == nullptr) throw std::runtime_error(folder + ": mkdtemp failed");
  options.command = {REVENANT_TEST_TARGET,  "--workers",  "4",     "--attempts",
                     attempts_for(options), "--mutation", mutation};
  options.out = folder;
  RunResult result = run(options);
  fs::remove_all(folder);
  return result;
}

std::string findings_of(const Verdict& verdict) {
  std::string names;
  for (const Finding& finding : verdict.findings) {
    names += (names.empty() ? "" : " ") + std::string(to_string(finding.kind));
  }
  return names;
}

}  // namespace revenant::chaos::targets
