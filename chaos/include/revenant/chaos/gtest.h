// For the tests of a pool of one's own, with GoogleTest: under these faults, nothing is lost.
//
//   TEST(MyPool, SurvivesTheDeathOfItsWorkers) {
//     EXPECT_TRUE(revenant::chaos::survives({.command = {"./my_pool"}, .seed = 7}));
//   }
//
// The program speaks the protocol of chaos/PROTOCOL.md. A failure is printed with the whole
// verdict: what was found, in numbers and examples, and where the history lies. `unknown` is a
// failure too: a run in which nothing happened proves nothing. This header alone needs GoogleTest;
// link revenant::chaos and GTest::gtest.
#pragma once

#include <gtest/gtest.h>

#include <exception>
#include <string>

#include "revenant/chaos/run.h"

namespace revenant::chaos {

// The verdict as the command prints it, and how the run ended.
[[nodiscard]] std::string verdict_report(const RunResult& result);

// Blocks for as long as the run takes. See run() for what it does to this process; options that
// make no sense and programs that cannot be started are failures with their reason.
[[nodiscard]] inline ::testing::AssertionResult survives(const RunOptions& options) {
  try {
    const RunResult result = run(options);
    if (result.verdict.ruling == Ruling::pass) return ::testing::AssertionSuccess();
    return ::testing::AssertionFailure() << verdict_report(result);
  } catch (const std::exception& error) {
    return ::testing::AssertionFailure() << "the run could not be made: " << error.what();
  }
}

}  // namespace revenant::chaos
