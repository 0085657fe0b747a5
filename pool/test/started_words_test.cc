// Who begins a task: the worker that takes it, or the one that it is given to after it was taken
// back.
#include "pool/src/started_words.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <new>
#include <thread>

#include "pool/os/shared_region.h"

namespace revenant {
namespace {

void full_fence() { std::atomic_thread_fence(std::memory_order_seq_cst); }

TEST(StartedWords, CountEveryTaskThatWasBegun) {
  StartedWords words{};
  StartedWords::Value mine;
  EXPECT_TRUE(words.begin_next(mine, full_fence));
  EXPECT_TRUE(words.begin_next(mine, full_fence));
  EXPECT_EQ(mine.count, 2u);
  EXPECT_EQ(words.begun(), 2u);
}

TEST(StartedWords, AWorkerDoesNotBeginWhatWasTakenBackSinceItLooked) {
  StartedWords words{};
  StartedWords::Value mine;
  EXPECT_EQ(words.take_back(), 0u);
  EXPECT_FALSE(words.begin_next(mine, full_fence));
  EXPECT_EQ(mine.count, 0u);
  EXPECT_EQ(mine.epoch, words.epoch());
  EXPECT_EQ(words.begun(), 0u);
  EXPECT_TRUE(words.begin_next(mine, full_fence)) << "what it is given in the new epoch";
  EXPECT_EQ(words.begun(), 1u);
}

TEST(StartedWords, ATaskThatWasBegunFirstIsNotTakenBack) {
  StartedWords words{};
  StartedWords::Value mine;
  EXPECT_TRUE(words.begin_next(mine, full_fence));
  EXPECT_EQ(words.take_back(), 1u);
}

TEST(StartedWords, AWorkerThatIsOvertakenWhileItBeginsKeepsWhatItWasSeenToBegin) {
  StartedWords words{};
  StartedWords::Value mine;
  std::uint32_t kept = 0;
  // The supervisor comes between the worker's store and its look.
  EXPECT_TRUE(words.begin_next(mine, [&] { kept = words.take_back(); }));
  EXPECT_EQ(kept, 1u);
  EXPECT_EQ(mine.count, 1u);
  EXPECT_EQ(words.begun(), 1u);
}

TEST(StartedWords, ACountOfAnOlderEpochIsNotBelieved) {
  const os::SharedRegion shared(sizeof(StartedWords));
  auto& words = *new (shared.data()) StartedWords{};
  StartedWords::Value mine;
  EXPECT_TRUE(words.begin_next(mine, full_fence));
  EXPECT_EQ(words.take_back(), 1u);
  // The worker dies between saying that it begins the second task, in the old epoch, and looking.
  const pid_t worker = ::fork();
  if (worker == 0) {
    words.begin_next(mine, [] { ::_exit(0); });
    ::_exit(1);
  }
  int status = -1;
  ASSERT_EQ(::waitpid(worker, &status, 0), worker);
  ASSERT_EQ(status, 0);
  EXPECT_EQ(words.begun(), 1u);
  EXPECT_EQ(words.take_back(), 1u);
}

TEST(StartedWords, ForEveryTaskExactlyOneSideWins) {
  StartedWords words{};
  std::atomic<bool> done = false;
  StartedWords::Value mine;
  std::uint32_t ran = 0;
  std::thread worker([&] {
    while (ran < 200'000) {
      if (words.begin_next(mine, full_fence)) {
        ++ran;
        // Behind the task it is no longer in doubt, as its published result shows.
        ASSERT_EQ(mine.count, ran);
      }
    }
    done = true;
  });
  // What the supervisor keeps for the worker never goes back.
  std::uint32_t last = 0;
  while (!done) {
    const std::uint32_t count = words.take_back();
    ASSERT_GE(count, last);
    last = count;
    std::this_thread::yield();
  }
  worker.join();
  EXPECT_EQ(mine.count, ran);
  EXPECT_EQ(words.begun(), ran);
}

}  // namespace
}  // namespace revenant
