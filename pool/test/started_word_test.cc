// Who begins a task: the worker that takes it, or the one that it is given to after it was taken
// back.
#include "pool/src/started_word.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

namespace revenant {
namespace {

TEST(StartedWord, CountsEveryTaskThatWasBegun) {
  StartedWord word{};
  EXPECT_TRUE(word.begin_next(word.load()));
  EXPECT_TRUE(word.begin_next(word.load()));
  EXPECT_EQ(word.load().count, 2u);
}

TEST(StartedWord, AWorkerDoesNotBeginWhatWasTakenBackSinceItLooked) {
  StartedWord word{};
  const StartedWord::Value seen = word.load();
  EXPECT_EQ(word.take_back(), 0u);
  EXPECT_FALSE(word.begin_next(seen));
  EXPECT_EQ(word.load().count, 0u);
  EXPECT_NE(word.load().epoch, seen.epoch);
}

TEST(StartedWord, ATaskThatWasBegunFirstIsNotTakenBack) {
  StartedWord word{};
  EXPECT_TRUE(word.begin_next(word.load()));
  EXPECT_EQ(word.take_back(), 1u);
}

TEST(StartedWord, ForEveryTaskExactlyOneSideWins) {
  StartedWord word{};
  std::atomic<bool> done = false;
  std::atomic<std::uint32_t> begun = 0;
  std::thread worker([&] {
    while (begun.load() < 200'000) {
      if (word.begin_next(word.load())) begun.fetch_add(1);
    }
    done = true;
  });
  // What the supervisor reads never goes back, and never runs ahead of what was begun by more than
  // the one in flight.
  std::uint32_t last = 0;
  while (!done) {
    const std::uint32_t count = word.take_back();
    ASSERT_GE(count, last);
    last = count;
    std::this_thread::yield();
  }
  worker.join();
  EXPECT_EQ(word.load().count, begun.load());
}

}  // namespace
}  // namespace revenant
