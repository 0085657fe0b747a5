#include "chaos/src/judge.h"

#include <gtest/gtest.h>

#include <array>
#include <map>
#include <stdexcept>

#include "chaos/src/history_file.h"
#include "chaos/src/verdict.h"
#include "chaos/test/judge/made_history.h"

namespace revenant::chaos {
namespace {

std::optional<Finding> throws(const Evidence&) { throw std::runtime_error("no memory left"); }
std::optional<Finding> throws_a_number(const Evidence&) { throw 17; }
std::optional<Finding> finds_nothing(const Evidence&) { return std::nullopt; }

TEST(Judge, SaysUnknownOfACheckerThatThrew) {
  const std::array checkers = {NamedChecker{FindingKind::lost, throws},
                               NamedChecker{FindingKind::stalled, throws_a_number},
                               NamedChecker{FindingKind::failed, finds_nothing}};
  const Verdict verdict = judge_with(made_history({.seed = 1}), checkers);
  EXPECT_EQ(verdict.ruling, Ruling::unknown);
  ASSERT_EQ(verdict.findings.size(), 1u);
  EXPECT_EQ(verdict.findings[0].kind, FindingKind::checker_error);
  EXPECT_EQ(verdict.findings[0].count, 2u);
  EXPECT_EQ(verdict.findings[0].details[0], "lost: no memory left");
}

TEST(Judge, HearsTheOtherCheckersWhenOneThrew) {
  History history = made_history({.seed = 1});
  history.push_back({history.back().t, Leftover{7, 'Z', "pool", ""}});
  history.push_back({history.back().t, RunEnded{"all tasks done", false}});
  std::vector<NamedChecker> checkers(all_checkers().begin(), all_checkers().end());
  checkers.front().check = throws;
  const Verdict verdict = judge_with(history, checkers);
  EXPECT_EQ(verdict.ruling, Ruling::fail) << "fail outweighs unknown";
  ASSERT_EQ(verdict.findings.size(), 2u);
  EXPECT_EQ(verdict.findings[0].kind, FindingKind::zombie);
  EXPECT_EQ(verdict.findings[1].kind, FindingKind::checker_error);
}

TEST(Judge, SaysUnknownOfAnEmptyHistory) { EXPECT_EQ(judge({}).ruling, Ruling::unknown); }

TEST(Judge, SaysWhatARunOfAFewFaultsCannotShow) {
  const JudgedFile judged = judge_file(REVENANT_GOLDEN "/pass.jsonl");
  EXPECT_EQ(judged.verdict.ruling, Ruling::pass);
  std::map<FindingKind, std::string> why;
  for (const NotJudged& blind : judged.verdict.not_judged) why[blind.kind] = blind.why;
  EXPECT_EQ(why[FindingKind::fd_leak], "1 fault of 6");
  EXPECT_EQ(why[FindingKind::memory_growth], "1 fault of 20");
  EXPECT_EQ(why[FindingKind::unfair], "tasks take no time");
}

TEST(Judge, SaysNothingOfWhatTheClaimDoesNotDemand) {
  EXPECT_TRUE(judge_file(REVENANT_GOLDEN "/pass-observe.jsonl").verdict.not_judged.empty());
}

TEST(Judge, WarnsWhereOthersDoTheTasksThanWereHit) {
  const auto warnings_with = [](pid_t worker) {
    History history = read_history(REVENANT_GOLDEN "/pass.jsonl").history;
    for (HistoryEvent& event : history) {
      if (auto* const result = std::get_if<TaskResult>(&event.what)) result->worker = worker;
    }
    return judge(history).warnings;
  };
  EXPECT_TRUE(warnings_with(102).empty()) << "one of the two workers";
  ASSERT_EQ(warnings_with(777).size(), 1U);
  EXPECT_NE(warnings_with(777)[0].find("choose with --workers"), std::string::npos);
}

TEST(Judge, CountsWhatTheRunDid) {
  const Verdict verdict = judge(made_history({.seed = 3, .stops = false}));
  EXPECT_EQ(verdict.ruling, Ruling::pass);
  EXPECT_GT(verdict.counts.tasks, 100u);
  EXPECT_EQ(verdict.counts.results, verdict.counts.tasks);
  EXPECT_EQ(verdict.counts.open, 0u);
  EXPECT_GT(verdict.counts.kills, 0u);
  EXPECT_EQ(verdict.counts.kills, verdict.counts.faults_installed);
  EXPECT_EQ(verdict.counts.workers_at_start, verdict.counts.workers_at_end);
  EXPECT_NE(verdict.confidence.find("p < "), std::string::npos);
}

TEST(Judge, FindsTasksWhoseIdsAreNotInSequence) {
  History history;
  history.push_back({0, RunStarted{1, "completes", 1, 1, 1, 0, 0, 0}});
  const std::uint64_t ids[] = {500, 7, 501, 3, 502, 900, 499};
  for (const std::uint64_t id : ids) {
    history.push_back({1, TaskSubmitted{id, "crc32", 1, Digest{.is_number = true, .number = id}}});
  }
  for (const std::uint64_t id : ids) {
    const Digest value{.is_number = true, .number = id};
    history.push_back({2, TaskResult{id, value, std::nullopt, std::nullopt}});
  }
  const Verdict verdict = judge(history);
  EXPECT_EQ(verdict.counts.results, std::size(ids));
  EXPECT_EQ(verdict.counts.corrupted + verdict.counts.unexpected + verdict.counts.open, 0u);
}

// Far more tasks than any part of the judge may remember.
History many_tasks_and_then(HistoryEvent last) {
  constexpr std::uint64_t kTasks = 20'000;
  History history;
  history.push_back({0, RunStarted{1, "completes", 1, kSecond, kSecond, 0, 0, 0}});
  for (std::uint64_t id = 1; id <= kTasks; ++id) {
    const auto t = static_cast<Nanos>(id);
    const Digest value{.is_number = true, .number = id};
    history.push_back({t, TaskSubmitted{id, "crc32", t, value}});
    if (id == 2) {
      history.push_back({t, TaskFailed{id, "no reason", std::nullopt, std::nullopt}});
    } else {
      history.push_back({t, TaskResult{id, value, std::nullopt, std::nullopt}});
    }
  }
  last.t = kTasks;
  history.push_back(std::move(last));
  return history;
}

Verdict judge_a_late_result(std::uint64_t id, std::uint64_t number) {
  const Digest value{.is_number = true, .number = number};
  return judge(many_tasks_and_then({0, TaskResult{id, value, std::nullopt, std::nullopt}}));
}

TEST(Judge, FindsASecondResultHoweverLongAgoTheFirstWas) {
  const Verdict verdict = judge_a_late_result(1, 1);
  EXPECT_EQ(verdict.counts.duplicated, 1u);
  EXPECT_EQ(verdict.counts.unexpected, 0u);
}

TEST(Judge, FindsAResultAfterAFailureHoweverLongAgoThatWas) {
  const Verdict verdict = judge_a_late_result(2, 2);
  EXPECT_EQ(verdict.counts.duplicated, 0u);
  EXPECT_EQ(verdict.counts.unexpected, 1u);
}

TEST(Judge, TellsASecondResultFromOneThatWasNeverAskedFor) {
  const Verdict verdict = judge_a_late_result(30'000, 1);
  EXPECT_EQ(verdict.counts.duplicated, 0u);
  EXPECT_EQ(verdict.counts.unexpected, 1u);
}

}  // namespace
}  // namespace revenant::chaos
