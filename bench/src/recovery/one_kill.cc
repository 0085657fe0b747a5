#include "bench/src/recovery/one_kill.h"

#include <poll.h>

#include <atomic>
#include <cstring>
#include <new>
#include <utility>

#include "bench/src/failures.h"
#include "bench/src/floor/spin.h"
#include "bench/src/resident_memory.h"
#include "pool/os/clock.h"

namespace revenant::bench {
namespace {

using std::chrono::milliseconds;
using std::chrono::nanoseconds;

constexpr auto kTaskWithin = std::chrono::seconds(30);

}  // namespace

// What the worker tells without the pool.
struct OneKill::Shared {
  std::atomic<std::uint64_t> begun{0};  // the number of the task that was begun last
};

OneKill::OneKill(const OneKillQuestion& question, std::uint64_t seed)
    : processes_(question.workers + question.spares),
      random_(seed),
      region_(sizeof(Shared)),
      shared_(new (region_.data()) Shared),
      pool_(
          [shared = shared_](std::string_view payload, std::string&) {
            std::uint64_t number = 0;
            std::memcpy(&number, payload.data(), sizeof(number));
            const bool again = shared->begun.exchange(number) == number;
            while (!again) pause_processor();
          },
          options(question)) {}

PoolOptions OneKill::options(const OneKillQuestion& question) {
  PoolOptions options;
  options.workers = question.workers;
  options.spares = question.spares;
  options.restarts_max = kDeathsMax;
  options.on_worker_start = [bytes = question.victim_bytes] {
    static_cast<void>(new ResidentMemory(bytes));  // Until the worker's death.
  };
  options.observer = [this](const Event& event) {
    if (event.kind == EventKind::dispatched) given_to_ = event.pid;
    if (incident_) incident_->note(event);
  };
  return options;
}

bool OneKill::start() {
  return poll_until([this] { return whole(); });
}

bool OneKill::kill_one() {
  incident_.reset();
  if (!begin_task()) return false;
  auto victim = os::Process::open(given_to_);
  if (!victim) return fail("the busy worker could not be opened");
  incident_.emplace(given_to_);
  std::uniform_int_distribution<nanoseconds::rep> delay(0, kPlanSpread.count());
  killer_.plan(std::move(*victim), os::now() + kPlanAhead + nanoseconds(delay(random_)));
  std::optional<Killer::Shot> shot;
  const bool over = poll_until([&] {
    if (!shot) shot = killer_.fired();
    return shot && delivered_ && incident_->settled() && whole();
  });
  return over && keep_samples(*shot);
}

// Submits the task, and waits until a worker spins in it.
bool OneKill::begin_task() {
  ++number_;
  delivered_ = false;
  std::string payload(sizeof(number_), '\0');
  std::memcpy(payload.data(), &number_, sizeof(number_));
  if (pool_.submit(payload, number_) != SubmitResult::accepted) return fail("submit() was refused");
  return poll_until([this] { return shared_->begun.load() == number_; });
}

bool OneKill::whole() const { return pool_.workers_ready() == processes_; }

// As a program with an event loop of its own: it sleeps until the pool has something to do.
template <typename Done>
bool OneKill::poll_until(Done done) {
  const os::TimePoint until = os::now() + kTaskWithin;
  std::string wrong;
  const auto take = [&](const Outcome& outcome) {
    delivered_ = true;
    if (outcome.kind != OutcomeKind::completed) wrong = outcome.value;
    if (outcome.tag != number_ || outcome.attempts != 2) wrong = "a task was not begun twice";
  };
  while (!done()) {
    if (pool_.open_tasks() > 0) {
      pool_.poll(milliseconds(1), take);
    } else {
      pollfd ready{.fd = pool_.event_descriptor(), .events = POLLIN, .revents = 0};
      ::poll(&ready, 1, 1);
      pool_.poll(nanoseconds(0), take);
    }
    if (!wrong.empty()) return fail(wrong);
    if (pool_.stopped()) return fail("the pool stopped itself");
    if (os::now() > until) return fail("the pool was not whole again in 30 s");
  }
  return true;
}

bool OneKill::keep_samples(const Killer::Shot& shot) {
  const char* const wrong = shot.reached ? incident_->contradiction(shot.sent)
                                         : "the victim was gone before it was killed";
  if (wrong != nullptr) return fail(wrong);
  if (!incident_->delivered()) return fail("the victim did not have the task when it was killed");
  times_.detect.push_back(*incident_->detected() - shot.sent);
  times_.task.push_back(*incident_->delivered() - shot.sent);
  times_.refill.push_back(*incident_->refilled() - shot.sent);
  times_.late.push_back(shot.sent - shot.planned);
  return true;
}

bool OneKill::fail(std::string why) {
  error_ = std::move(why);
  return false;
}

void one_kill(benchmark::State& state) {
  static std::uint64_t seed = 0;
  const auto mib = [&](std::size_t range) {
    return static_cast<std::size_t>(state.range(range)) << 20;
  };
  const OneKillQuestion question{.workers = static_cast<std::size_t>(state.range(0)),
                                 .spares = static_cast<std::size_t>(state.range(1)),
                                 .victim_bytes = mib(2)};
  OneKill run(question, ++seed);
  bool good = run.start();
  const ResidentMemory grown(mib(3));
  while (good && state.KeepRunning()) {
    good = run.kill_one();
    if (!good) break;
    state.SetIterationTime(std::chrono::duration<double>(run.times().task.back()).count());
  }
  if (!good) return fail(state, run.error());
  set_percentiles(state, "detect_", run.times().detect);
  set_percentiles(state, "task_", run.times().task);
  set_percentiles(state, "refill_", run.times().refill);
  set_percentiles(state, "late_", run.times().late);
  state.counters["kills"] = static_cast<double>(run.times().detect.size());
  state.SetLabel(run.pool().notices_early() ? "early notice" : "final notice only");
}

}  // namespace revenant::bench
