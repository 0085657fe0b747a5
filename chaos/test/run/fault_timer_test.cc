// The fault timer alone: its workers stand still for ever, the test answers the tasks at once, and
// time goes by when the test says so.
#include "chaos/src/fault_timer.h"

#include <gtest/gtest.h>
#include <sched.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "chaos/src/pipe.h"
#include "chaos/test/run/scratch_folder.h"

namespace revenant::chaos {
namespace {

constexpr int kWorkers = 5;
constexpr std::uint64_t kChaosTasks = 540;  // of 600

// A main process that starts its workers and never looks after them: a birth is awaited in vain.
pid_t fork_sitting_pool() {
  const pid_t main = ::fork();
  if (main != 0) return main;
  for (int i = 0; i < kWorkers; ++i) {
    if (::fork() == 0) break;
  }
  while (true) ::pause();
}

class AFaultTimer : public ::testing::Test {
 protected:
  AFaultTimer() {
    workers_.begin_selecting();
    do {
      ::sched_yield();
      workers_.look(recorder_.now());
    } while (workers_.alive_count() < kWorkers);
    options_.tasks = 600;
    options_.operation = Operation::echo;
    options_.outstanding = 16;
  }

  ~AFaultTimer() override {
    injector_.end_faults(recorder_.now());
    main_.send_signal(SIGKILL);
    for (auto& [token, member] : tree_.members()) member.process.send_signal(SIGKILL);
    ::waitpid(main_.pid(), nullptr, 0);
  }

  // As many tasks as may go out, each answered before the next look.
  void give_and_answer(const FaultTimer::Decision& decision) {
    const std::uint64_t first = conversation_.given();
    const std::uint64_t end = std::min(decision.quota, first + options_.outstanding);
    for (std::uint64_t id = first + 1; id <= end; ++id) {  // the first task is 1
      conversation_.submit(recorder_.now(), recorder_.now());
      const std::string answer =
          R"({"type":"result","id":)" + std::to_string(id) + ",\"value\":1}\n";
      ASSERT_EQ(::write(answers_.write.get(), answer.data(), answer.size()),
                static_cast<ssize_t>(answer.size()));
    }
    if (first >= end) return;
    ASSERT_TRUE(conversation_.read());
    ASSERT_EQ(conversation_.outstanding(), 0U);
  }

  // Until the next fault is due.
  void go_on_to_a_fault(FaultTimer& timer, Nanos now) {
    FaultTimer::Decision decision = timer.decide(now, conversation_);
    while (!decision.inject) {
      ASSERT_FALSE(decision.is_over);
      const std::uint64_t before = conversation_.given();
      ASSERT_NO_FATAL_FAILURE(give_and_answer(decision));
      ASSERT_GT(conversation_.given(), before);
      decision = timer.decide(now, conversation_);
    }
  }

  ScratchFolder folder_;
  RunOptions options_;
  Recorder recorder_{folder_.file("history.jsonl")};
  os::Process main_ = *os::Process::open(fork_sitting_pool());
  Pipe questions_ = make_pipe("the test");
  Pipe answers_ = make_pipe("the test");
  Conversation conversation_{std::move(questions_.write), std::move(answers_.read), options_, "",
                             recorder_};
  os::Epoll epoll_;
  ProcessTree tree_{main_, "a-fault-timer", epoll_, 0, Orphans::go_elsewhere};
  WorkerSelector selector_{WorkerSelection::children, ""};
  Workers workers_{tree_, selector_, recorder_};
  SpawnGate gate_;
  Injector injector_{main_, workers_, tree_, conversation_, gate_, recorder_};
};

// Seen with spawn-fails before it: the successor could not be born for 30 ms, a fast target did all
// tasks meanwhile, and the run was over with seven of its ten faults never tried.
TEST_F(AFaultTimer, KeepsTheTasksWhileABirthIsAwaited) {
  options_.schedules = {{.kind = Schedule::Kind::booting, .count = 2},
                        {.kind = Schedule::Kind::at_write, .count = 2}};
  FaultTimer timer(options_, injector_);
  timer.start(0);
  ASSERT_NO_FATAL_FAILURE(go_on_to_a_fault(timer, 0));
  timer.inject(0, conversation_);
  ASSERT_TRUE(injector_.is_aiming());
  for (std::uint64_t turn = 0; turn < kChaosTasks; ++turn) {
    const FaultTimer::Decision decision =
        timer.decide(conversation_.last_progress(), conversation_);
    ASSERT_FALSE(decision.is_over);
    ASSERT_FALSE(decision.inject);
    ASSERT_NO_FATAL_FAILURE(give_and_answer(decision));
  }
  EXPECT_EQ(conversation_.given(), kChaosTasks * 2 / 5) << "the portions of two faults of four";
  // A pool that starts workers only when there is work gets some.
  const Nanos wake_at = timer.decide(conversation_.last_progress(), conversation_).wake_at;
  ASSERT_LT(wake_at, conversation_.last_progress() + kSecond);
  ASSERT_NO_FATAL_FAILURE(give_and_answer(timer.decide(wake_at, conversation_)));
  EXPECT_EQ(conversation_.given(), kChaosTasks * 2 / 5 + options_.outstanding);
}

// The workers make no call at all, so the first moment uses up the tasks.
TEST_F(AFaultTimer, GoesOnWithBirthsWhenNoTaskIsLeftForCalls) {
  options_.schedules = {{.kind = Schedule::Kind::at_write, .count = 3},
                        {.kind = Schedule::Kind::booting, .count = 3}};
  FaultTimer timer(options_, injector_);
  timer.start(0);
  Nanos now = 0;
  ASSERT_NO_FATAL_FAILURE(go_on_to_a_fault(timer, now));
  timer.inject(now, conversation_);
  while (injector_.is_arming()) injector_.tick(recorder_.now());
  ASSERT_TRUE(injector_.is_awaiting_call());
  while (conversation_.given() < kChaosTasks) {
    ASSERT_NO_FATAL_FAILURE(give_and_answer(timer.decide(now, conversation_)));
  }
  for (int births = 0; births < 3; ++births) {
    ASSERT_FALSE(timer.decide(now, conversation_).is_over) << births << " births awaited of 3";
    now = recorder_.now() + 60 * kSecond;  // whatever is awaited does not come
    injector_.tick(now);
    ASSERT_FALSE(injector_.is_aiming());
    ASSERT_TRUE(timer.decide(now, conversation_).inject) << births << " births awaited of 3";
    timer.inject(now, conversation_);
    ASSERT_TRUE(injector_.is_aiming());
    ASSERT_FALSE(injector_.is_awaiting_call());
  }
  injector_.tick(recorder_.now() + 60 * kSecond);
  EXPECT_TRUE(timer.decide(now, conversation_).is_over) << "only calls are left";
}

}  // namespace
}  // namespace revenant::chaos
