#include "bench/src/recovery/recovery.h"

#include <time.h>

#include <chrono>
#include <optional>
#include <random>
#include <string>

#include "bench/src/failures.h"
#include "bench/src/goodput/spin_task.h"
#include "bench/src/latency_counters.h"
#include "bench/src/recovery/incident.h"
#include "bench/src/recovery/killer.h"
#include "bench/src/recovery/roster.h"
#include "bench/src/throughput/echo_load.h"
#include "pool/os/clock.h"

namespace revenant::bench {
namespace {

using std::chrono::milliseconds;
using std::chrono::nanoseconds;

constexpr nanoseconds kTaskTime = milliseconds(1);
// Two tasks a worker: there is always one to go on with, and never a queue to speak of before the
// victim's.
constexpr std::size_t kTasksPerWorker = 2;
constexpr std::size_t kRecoveryPayloadBytes = 64;
constexpr auto kRecoveryWithin = std::chrono::seconds(20);

void spin_task(std::string_view payload, std::string& value) {
  use_processor(kTaskTime);
  echo_number(payload, value);
}

void wait_task(std::string_view payload, std::string& value) {
  timespec spec{.tv_sec = 0, .tv_nsec = kTaskTime.count()};
  while (::nanosleep(&spec, &spec) != 0) {
  }
  echo_number(payload, value);
}

// A pool under load, and one kill after the other.
class RecoveryRun {
 public:
  RecoveryRun(std::size_t workers, const RecoveryQuestion& question, std::uint64_t seed)
      : processes_(workers + question.spares),
        random_(seed),
        pool_(question.work == Work::spin ? WorkerFunction(spin_task) : WorkerFunction(wait_task),
              options(workers, question.spares)),
        load_(pool_, kTasksPerWorker * workers, kRecoveryPayloadBytes) {}

  [[nodiscard]] bool start() {
    return load_.start() && poll_until([this] { return whole(); });
  }

  // Kills one worker and waits until the pool is whole again. Empty after an error.
  [[nodiscard]] std::optional<nanoseconds> kill_one() {
    if (!choose_victim()) return std::nullopt;
    std::optional<Killer::Shot> shot;
    const bool over = poll_until([&] {
      if (!shot) shot = killer_.fired();
      return shot && incident_->settled() && whole();
    });
    if (!over) return std::nullopt;
    const char* const wrong = shot->reached ? incident_->contradiction(shot->sent)
                                            : "the victim was gone before it was killed";
    if (wrong != nullptr) {
      fail(wrong);
      return std::nullopt;
    }
    keep_samples(*shot);
    return *incident_->replaced() - shot->sent;
  }

  [[nodiscard]] bool finish() { return load_.finish() || fail(load_.error()); }

  [[nodiscard]] const std::string& error() const { return error_; }

  void report(benchmark::State& state) const {
    set_percentiles(state, "detect_", detect_);
    set_percentiles(state, "ready_", ready_);
    set_percentiles(state, "refill_", refill_);
    if (!task_.empty()) set_percentiles(state, "task_", task_);
    set_percentiles(state, "late_", late_);
    state.counters["kills"] = static_cast<double>(detect_.size());
    state.counters["kills_running"] = static_cast<double>(running_);
    state.counters["kills_waiting"] = static_cast<double>(task_.size() - running_);
    state.counters["kills_idle"] = static_cast<double>(detect_.size() - task_.size());
    state.SetLabel(pool_.notices_early() ? "early notice" : "final notice only");
  }

 private:
  PoolOptions options(std::size_t workers, std::size_t spares) {
    PoolOptions options;
    options.workers = workers;
    options.spares = spares;
    options.restarts_max = kDeathsMax;
    options.observer = [this](const Event& event) {
      roster_.note(event);
      if (incident_) incident_->note(event);
    };
    return options;
  }

  [[nodiscard]] bool whole() const { return pool_.workers_ready() == processes_; }

  // Drives the pool under its load until `done`. False after an error.
  template <typename Done>
  bool poll_until(Done done) {
    const os::TimePoint until = os::now() + kRecoveryWithin;
    while (!done()) {
      if (!load_.poll_once(milliseconds(20))) return fail(load_.error());
      if (pool_.stopped()) return fail("the pool stopped itself");
      if (os::now() > until) return fail("the pool was not whole again in 20 s");
    }
    return true;
  }

  bool choose_victim() {
    incident_.reset();
    std::vector<pid_t> busy;
    if (!poll_until([&] { return !(busy = roster_.busy()).empty(); })) return false;
    std::uniform_int_distribution<std::size_t> which(0, busy.size() - 1);
    std::uniform_int_distribution<nanoseconds::rep> delay(0, kPlanSpread.count());
    auto victim = os::Process::open(busy[which(random_)]);
    if (!victim) return fail("a busy worker could not be opened");
    incident_.emplace(victim->pid());
    killer_.plan(std::move(*victim), os::now() + kPlanAhead + nanoseconds(delay(random_)));
    return true;
  }

  void keep_samples(const Killer::Shot& shot) {
    detect_.push_back(*incident_->detected() - shot.sent);
    ready_.push_back(*incident_->replaced() - shot.sent);
    refill_.push_back(*incident_->refilled() - shot.sent);
    if (incident_->delivered()) task_.push_back(*incident_->delivered() - shot.sent);
    if (incident_->was_running()) ++running_;
    late_.push_back(shot.sent - shot.planned);
  }

  bool fail(std::string why) {
    error_ = std::move(why);
    return false;
  }

  std::size_t processes_;
  std::mt19937_64 random_;
  Roster roster_;
  std::optional<Incident> incident_;
  Samples detect_, ready_, refill_, task_, late_;
  std::size_t running_ = 0;
  std::string error_;
  Pool pool_;  // Its nursery is forked before the killer's thread exists.
  EchoLoad load_;
  Killer killer_;
};

}  // namespace

void recovery(benchmark::State& state, const RecoveryQuestion& question) {
  // Another sequence each repetition, the same in every run.
  static std::uint64_t seed = 0;
  RecoveryRun run(static_cast<std::size_t>(state.range(0)), question, ++seed);
  bool good = run.start();
  while (good && state.KeepRunning()) {
    const auto ready = run.kill_one();
    good = ready.has_value();
    if (good) state.SetIterationTime(std::chrono::duration<double>(*ready).count());
  }
  if (!good || !run.finish()) return fail(state, run.error());
  run.report(state);
}

}  // namespace revenant::bench
