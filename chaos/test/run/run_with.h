// Short runs against small targets.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "chaos/src/history_file.h"
#include "chaos/src/verdict.h"
#include "chaos/test/run/scratch_folder.h"
#include "revenant/chaos/run.h"

namespace revenant::chaos {

// Bounds that a busy machine keeps: the tests are about what happens, not about how fast.
inline RunOptions patient_options(std::vector<std::string> command, const ScratchFolder& folder) {
  RunOptions options;
  options.command = std::move(command);
  options.out = folder.path();
  options.seed = 7;
  options.recover_within = std::chrono::seconds(30);
  options.stall_after = std::chrono::seconds(30);
  options.ready_within = std::chrono::seconds(30);
  return options;
}

// A target written in shell. `ready` says so on its standard output; `listen` reads tasks, answers
// none, and returns at the end of input.
inline std::vector<std::string> shell(const std::string& script) {
  return {"/bin/sh", "-c",
          "ready() { echo '{\"type\":\"ready\"}'; }; listen() { while read line; do :; done; }; " +
              script};
}

inline bool has(const RunResult& result, FindingKind kind) {
  return std::any_of(result.verdict.findings.begin(), result.verdict.findings.end(),
                     [&](const Finding& finding) { return finding.kind == kind; });
}

// For the message of an assertion.
inline std::string told(const RunResult& result) {
  return verdict_text(result.verdict, {}) + "ended because " + result.ended;
}

}  // namespace revenant::chaos
