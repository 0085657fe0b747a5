#include "bench/src/peers/peer_answer.h"

#include <gtest/gtest.h>

#include <stdexcept>

namespace revenant::bench::peers {
namespace {

TEST(PeerAnswer, IsTasksASecond) {
  EXPECT_DOUBLE_EQ(speed_in("{\"tasks\": 300, \"seconds\": 0.5}\n"), 600);
}

TEST(PeerAnswer, ThatMakesNoSenseIsAnErrorThatShowsIt) {
  for (const char* answer : {"", "300", "{\"tasks\": 300}", "{\"tasks\": 0, \"seconds\": 1}",
                             "{\"tasks\": 3, \"seconds\": 0}", "{\"tasks\": \"3\"}"}) {
    try {
      static_cast<void>(speed_in(answer));
      ADD_FAILURE() << answer << " was taken";
    } catch (const std::runtime_error& problem) {
      EXPECT_NE(std::string(problem.what()).find(answer), std::string::npos);
    }
  }
}

std::string kill_answer(int completed, int failed, int afterwards, const char* ended) {
  return "{\"tasks\": 40, \"completed\": " + std::to_string(completed) +
         ", \"failed\": " + std::to_string(failed) +
         ", \"next_result_ms\": 12.5, \"new_worker_ms\": -1, \"completed_afterwards\": " +
         std::to_string(afterwards) +
         ", \"tasks_afterwards\": 10, \"workers_afterwards\": 2, \"program_ended\": \"" + ended +
         "\"}";
}

TEST(PeerAnswer, CountsTheTasksThatHadNoAnswer) {
  const Kill kill = kill_in(kill_answer(30, 1, 10, ""), "jest_worker");
  EXPECT_EQ(kill.arm, "jest_worker");
  EXPECT_EQ(kill.unanswered, 9u);
  EXPECT_EQ(kill.next_result_ms, 12.5);
  EXPECT_EQ(kill.new_worker_ms, -1);
  EXPECT_TRUE(kill.survives);
}

TEST(PeerAnswer, SaysThatAPoolDoesNotSurviveWhereALaterTaskHadNoAnswerOrItsProgramEnded) {
  EXPECT_FALSE(kill_in(kill_answer(40, 0, 9, ""), "xargs").survives);
  EXPECT_FALSE(kill_in(kill_answer(40, 0, 10, "Channel closed"), "node_fork").survives);
}

TEST(PeerAnswer, WithMoreOutcomesThanTasksIsAnError) {
  EXPECT_THROW(static_cast<void>(kill_in(kill_answer(40, 1, 10, ""), "xargs")), std::runtime_error);
}

}  // namespace
}  // namespace revenant::bench::peers
