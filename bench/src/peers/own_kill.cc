#include <signal.h>
#include <time.h>

#include <chrono>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

#include "bench/src/peers/own_pool.h"
#include "pool/os/clock.h"
#include "pool/os/process.h"
#include "revenant/pool.h"

namespace revenant::bench::peers {
namespace {

constexpr unsigned kTasks = 40;
constexpr unsigned kTasksAfterwards = 10;
constexpr unsigned kAnswersBeforeTheKill = 4;
constexpr auto kSilence = std::chrono::seconds(3);

void sleep_ms(long milliseconds) {
  const timespec time{0, milliseconds * 1'000'000};
  ::clock_nanosleep(CLOCK_MONOTONIC, 0, &time, nullptr);
}

void wait_20_ms(std::string_view, std::string&) { sleep_ms(20); }

struct Ended {
  pid_t worker = -1;
  bool completed = false;
};

// Submits tasks and tells of each outcome, until all are there or nothing comes for a while.
template <typename Take>
void run_tasks(Pool& pool, unsigned tasks, Take take) {
  for (unsigned i = 0; i < tasks; ++i) {
    if (pool.submit(std::string(64, '.')) != SubmitResult::accepted) return;
  }
  while (pool.open_tasks() > 0) {
    std::vector<Ended> ended;
    pool.poll(kSilence, [&](const Outcome& outcome) {
      ended.push_back({outcome.worker, outcome.kind == OutcomeKind::completed});
    });
    if (ended.empty()) return;
    for (const Ended& each : ended) take(each);
  }
}

double milliseconds_since(os::TimePoint then) {
  return std::chrono::duration<double, std::milli>(os::now() - then).count();
}

void kill_process(pid_t pid) {
  const auto victim = os::Process::open(pid);
  if (!victim || !victim->send_signal(SIGKILL)) throw std::runtime_error("the victim was gone");
}

}  // namespace

Kill own_kill() {
  Pool pool(wait_20_ms, {.workers = 2});
  Kill kill;
  kill.arm = kOwnArm;
  kill.tasks = kTasks;
  std::set<pid_t> seen;
  std::optional<os::TimePoint> killed;
  run_tasks(pool, kTasks, [&](const Ended& ended) {
    if (!ended.completed) {
      ++kill.failed;
      return;
    }
    ++kill.completed;
    if (killed && kill.next_result_ms < 0) kill.next_result_ms = milliseconds_since(*killed);
    if (killed && kill.new_worker_ms < 0 && !seen.contains(ended.worker)) {
      kill.new_worker_ms = milliseconds_since(*killed);
    }
    seen.insert(ended.worker);
    if (kill.completed >= kAnswersBeforeTheKill && seen.size() > 1 && !killed) {
      sleep_ms(10);  // Half of a task later the worker is in the middle of its next.
      killed = os::now();
      kill_process(ended.worker);
    }
  });
  kill.unanswered = kTasks - kill.completed - kill.failed;

  unsigned completed_afterwards = 0;
  std::set<pid_t> after;
  run_tasks(pool, kTasksAfterwards, [&](const Ended& ended) {
    if (ended.completed) ++completed_afterwards;
    after.insert(ended.worker);
  });
  kill.survives = completed_afterwards == kTasksAfterwards;
  kill.workers_after = static_cast<unsigned>(after.size());
  return kill;
}

}  // namespace revenant::bench::peers
