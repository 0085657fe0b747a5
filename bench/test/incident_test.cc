#include "bench/src/recovery/incident.h"

#include <gtest/gtest.h>

#include <chrono>
#include <string>

namespace revenant::bench {
namespace {

constexpr pid_t kVictim = 100;
constexpr pid_t kSpare = 101;
constexpr pid_t kNewcomer = 102;

os::TimePoint at(int milliseconds) {
  return os::TimePoint(std::chrono::milliseconds(1000 + milliseconds));
}

Event event(EventKind kind, int milliseconds, pid_t pid, std::uint64_t tag = 0) {
  Event event;
  event.kind = kind;
  event.at = at(milliseconds);
  event.pid = pid;
  event.tag = tag;
  return event;
}

// A worker that is killed at 0 with task 7 on it, in a pool with a spare.
Incident with_a_spare() {
  Incident incident(kVictim);
  incident.note(event(EventKind::outcome, -1, kVictim, 7));  // an earlier task with the same tag
  incident.note(event(EventKind::died_early, 1, kVictim));
  incident.note(event(EventKind::blamed, 2, kVictim, 7));
  incident.note(event(EventKind::promoted, 3, kSpare));
  incident.note(event(EventKind::outcome, 5, kSpare, 7));
  incident.note(event(EventKind::died_final, 6, kVictim));
  incident.note(event(EventKind::ready, 9, kNewcomer));
  return incident;
}

TEST(Incident, TakesTheFirstNoticeTheSpareItsSuccessorAndTheVictimsTask) {
  const Incident incident = with_a_spare();
  ASSERT_TRUE(incident.settled());
  EXPECT_EQ(incident.detected(), at(1));
  EXPECT_EQ(incident.replaced(), at(3));
  EXPECT_EQ(incident.refilled(), at(9));
  EXPECT_EQ(incident.task(), 7U);
  EXPECT_EQ(incident.delivered(), at(5));
  EXPECT_EQ(incident.contradiction(at(0)), nullptr);
}

TEST(Incident, IsNotSettledBeforeTheFinalNoticeTheReplacementAndTheTask) {
  Incident incident(kVictim);
  incident.note(event(EventKind::died_early, 1, kVictim));
  incident.note(event(EventKind::blamed, 1, kVictim, 7));
  incident.note(event(EventKind::ready, 4, kNewcomer));
  EXPECT_FALSE(incident.settled());
  incident.note(event(EventKind::outcome, 5, kNewcomer, 7));
  EXPECT_FALSE(incident.settled());
  incident.note(event(EventKind::died_final, 6, kVictim));
  EXPECT_TRUE(incident.settled());
}

TEST(Incident, WithoutASpareIsOverWhenANewWorkerIsReady) {
  Incident incident(kVictim);
  incident.note(event(EventKind::died_final, 2, kVictim));
  incident.note(event(EventKind::ready, 8, kNewcomer));
  ASSERT_TRUE(incident.settled());
  EXPECT_EQ(incident.replaced(), at(8));
  EXPECT_EQ(incident.refilled(), at(8));
}

TEST(Incident, PrefersTheTaskThatWasRunningToThoseThatWaitedBehindIt) {
  Incident incident(kVictim);
  incident.note(event(EventKind::died_early, 1, kVictim));
  incident.note(event(EventKind::moved_on, 1, kVictim, 8));
  incident.note(event(EventKind::blamed, 1, kVictim, 7));
  incident.note(event(EventKind::moved_on, 1, kVictim, 7));
  EXPECT_EQ(incident.task(), 7U);
  EXPECT_TRUE(incident.was_running());
}

TEST(Incident, TakesTheOldestTaskThatWaitedWhereNoneWasRunning) {
  Incident incident(kVictim);
  incident.note(event(EventKind::died_early, 1, kVictim));
  incident.note(event(EventKind::moved_on, 1, kVictim, 9));
  incident.note(event(EventKind::moved_on, 1, kVictim, 8));
  EXPECT_EQ(incident.task(), 8U);
  EXPECT_FALSE(incident.was_running());
}

TEST(Incident, IgnoresATaskThatWasTakenFromTheVictimWhileItLived) {
  Incident before_the_notice(kVictim);
  before_the_notice.note(event(EventKind::moved_on, -1, kVictim, 9));
  before_the_notice.note(event(EventKind::died_early, 1, kVictim));
  EXPECT_FALSE(before_the_notice.task().has_value());

  Incident delivered_before(kVictim);
  delivered_before.note(event(EventKind::moved_on, -2, kVictim, 9));
  delivered_before.note(event(EventKind::outcome, -1, kSpare, 9));
  delivered_before.note(event(EventKind::spawn_asked, 1, -1));
  EXPECT_FALSE(delivered_before.task().has_value());
}

// The pidfd can be seen before the early notice is; died_final comes when all is done.
TEST(Incident, CountsWhatThePoolDoesAboutTheDeathAsItsDetection) {
  Incident incident(kVictim);
  incident.note(event(EventKind::moved_on, 2, kVictim, 8));
  incident.note(event(EventKind::promoted, 3, kSpare));
  incident.note(event(EventKind::outcome, 5, kSpare, 8));
  incident.note(event(EventKind::ready, 7, kNewcomer));
  incident.note(event(EventKind::died_final, 9, kVictim));
  ASSERT_TRUE(incident.settled());
  EXPECT_EQ(incident.detected(), at(3));
  EXPECT_EQ(incident.task(), 8U);
  EXPECT_EQ(incident.delivered(), at(5));
  EXPECT_EQ(incident.contradiction(at(0)), nullptr);
}

TEST(Incident, OfAWorkerBetweenTwoTasksHasNoTask) {
  Incident incident(kVictim);
  incident.note(event(EventKind::died_final, 2, kVictim));
  incident.note(event(EventKind::ready, 8, kNewcomer));
  EXPECT_FALSE(incident.task().has_value());
  EXPECT_FALSE(incident.delivered().has_value());
  EXPECT_EQ(incident.contradiction(at(0)), nullptr);
}

TEST(Incident, IgnoresOtherWorkersDeathsAndTasks) {
  Incident incident(kVictim);
  incident.note(event(EventKind::died_final, 1, kSpare));
  incident.note(event(EventKind::blamed, 1, kSpare, 9));
  incident.note(event(EventKind::ready, 2, kNewcomer));
  EXPECT_FALSE(incident.detected().has_value());
  EXPECT_FALSE(incident.replaced().has_value());
  EXPECT_FALSE(incident.task().has_value());
}

TEST(Incident, CallsADeathThatWasNoticedBeforeTheKillImpossible) {
  const Incident incident = with_a_spare();
  ASSERT_NE(incident.contradiction(at(2)), nullptr);
  EXPECT_EQ(std::string(incident.contradiction(at(2))),
            "the death was noticed before the worker was killed");
}

TEST(Incident, CallsATaskThatWasDeliveredBeforeTheDeathWasNoticedImpossible) {
  Incident incident(kVictim);
  incident.note(event(EventKind::died_final, 5, kVictim));
  incident.note(event(EventKind::blamed, 6, kVictim, 7));
  incident.note(event(EventKind::outcome, 4, kSpare, 7));
  incident.note(event(EventKind::ready, 6, kNewcomer));
  ASSERT_TRUE(incident.settled());
  EXPECT_NE(incident.contradiction(at(0)), nullptr);
}

}  // namespace
}  // namespace revenant::bench
