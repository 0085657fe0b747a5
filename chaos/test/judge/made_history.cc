#include "chaos/test/judge/made_history.h"

#include <algorithm>
#include <deque>
#include <map>
#include <vector>

namespace revenant::chaos {
namespace {

constexpr Nanos kTick = 500'000;
constexpr Nanos kMs = 1'000'000;

struct SimTask {
  std::uint64_t id = 0;
  unsigned attempts = 0;
};
struct SimWorker {
  pid_t pid = -1;
  std::optional<SimTask> task = std::nullopt;
  Nanos work_left = 0;
  Nanos stopped_until = 0;
};

class SimPool {
 public:
  explicit SimPool(const Simulation& simulation)
      : simulation_(simulation),
        random_(simulation.seed),
        strength_(1 + draw(random_, 6)),
        window_(1 + draw(random_, 40)),
        tasks_(100 + draw(random_, 900)) {}

  History run() {
    begin();
    add(PhaseBegan{Phase::chaos});
    for (; !chaos_is_over(); now_ += kTick) step(submitted_ < tasks_);
    add(PhaseBegan{Phase::calm});
    tasks_ += 5;
    const Nanos calm_until = now_ + 1300 * kMs;
    for (; now_ < calm_until; now_ += kTick) step(false);
    add(PhaseBegan{Phase::closing});
    for (const SimWorker& worker : workers_) {
      add(WorkerGone{worker.pid, now_, GoneBecause::closing, 0, now_});
    }
    now_ += 10 * kMs;
    add(TargetExited{0, std::nullopt, false});
    add(RunEnded{"all tasks done", false});
    return std::move(history_);
  }

 private:
  template <typename What>
  void add(What what) {
    history_.push_back({now_, std::move(what)});
  }

  void begin() {
    add(RunStarted{1, simulation_.claim, simulation_.seed, 1000 * kMs, 5000 * kMs, 0, 0, 0});
    add(TargetStarted{99, "a made-up pool"});
    add(PhaseBegan{Phase::starting});
    now_ += 20 * kMs;
    std::vector<pid_t> pids;
    for (std::uint64_t i = 0; i < strength_; ++i) pids.push_back(spawn());
    add(TargetReady{pids, "made-up"});
  }

  pid_t spawn() {
    workers_.push_back({.pid = next_pid_++});
    add(WorkerSeen{workers_.back().pid, 1000, now_});
    return workers_.back().pid;
  }

  [[nodiscard]] bool chaos_is_over() const {
    return submitted_ == tasks_ && open_ == 0 && births_.empty() &&
           std::all_of(workers_.begin(), workers_.end(),
                       [&](const SimWorker& w) { return w.stopped_until <= now_; });
  }

  void step(bool faults_allowed) {
    finish_tasks();
    // Now and then the load pauses: a target that has nothing to do owes nothing.
    if (now_ >= paused_until_ && draw(random_, 3000) == 0) {
      paused_until_ = now_ + static_cast<Nanos>(draw(random_, 2500)) * kMs;
    }
    if (now_ >= paused_until_) submit();
    if (faults_allowed && draw(random_, 60) == 0) inject();
    while (!births_.empty() && births_.front() <= now_) {
      births_.erase(births_.begin());
      spawn();
    }
    dispatch();
  }

  void finish_tasks() {
    for (SimWorker& worker : workers_) {
      if (!worker.task || now_ < worker.stopped_until) continue;
      worker.work_left -= kTick;
      if (worker.work_left > 0) continue;
      TaskResult result{worker.task->id, value_of(worker.task->id), std::nullopt, std::nullopt};
      if (simulation_.name_workers) {
        result.worker = worker.pid;
        result.attempts = worker.task->attempts;
      }
      add(result);
      worker.task.reset();
      --open_;
    }
  }

  static Digest value_of(std::uint64_t id) {
    if (id % 2 == 0) return {.is_number = true, .number = id * 2654435761};
    return {.bytes = id, .hash = id * 0x9e3779b97f4a7c15};
  }

  void submit() {
    while (open_ < window_ && submitted_ < tasks_) {
      const std::uint64_t id = ++submitted_;
      add(TaskSubmitted{id, id % 2 == 0 ? "crc32" : "echo", now_, value_of(id)});
      queue_.push_back({id, 0});
      ++open_;
    }
  }

  void inject() {
    if (workers_.empty()) return;
    const std::uint64_t n = faults_++;
    const std::uint64_t kind = draw(random_, simulation_.stops ? 3 : 2);
    const std::size_t victim = draw(random_, workers_.size());
    if (kind == 2) {
      stop(n, workers_[victim]);
    } else if (kind == 1 && draw(random_, 4) == 0) {
      while (!workers_.empty()) kill(n, "kill-all", 0);
    } else {
      kill(n, "kill", victim);
    }
  }

  void stop(std::uint64_t n, SimWorker& worker) {
    if (now_ < worker.stopped_until) return;
    worker.stopped_until = now_ + static_cast<Nanos>(1 + draw(random_, 800)) * kMs;
    // The history is put in order at the end: the event belongs to when its fate is known.
    later_.push_back(
        {worker.stopped_until, FaultDone{n, "stop", now_, FaultState::installed, worker.pid, now_,
                                         now_ + kTick / 2, worker.stopped_until, "state T"}});
  }

  void kill(std::uint64_t n, const char* fault, std::size_t victim) {
    const SimWorker worker = workers_[victim];
    workers_.erase(workers_.begin() + static_cast<std::ptrdiff_t>(victim));
    const Nanos seen = now_ + kTick / 2;
    later_.push_back({seen, FaultDone{n, fault, now_, FaultState::installed, worker.pid, now_, seen,
                                      std::nullopt, "pidfd readable"}});
    later_.push_back({seen, WorkerGone{worker.pid, seen, GoneBecause::injected, 9, seen + 1000}});
    births_.push_back(now_ + static_cast<Nanos>(1 + draw(random_, 50)) * kMs);
    std::sort(births_.begin(), births_.end());
    if (!worker.task) return;
    if (!simulation_.give_up_tasks) return queue_.push_front(*worker.task);
    TaskFailed failed{worker.task->id, "its worker died", std::nullopt, std::nullopt};
    if (simulation_.name_workers) failed.worker = worker.pid;
    later_.push_back({seen, failed});
    --open_;
  }

  void dispatch() {
    for (SimWorker& worker : workers_) {
      if (worker.task || queue_.empty()) continue;
      worker.task = queue_.front();
      queue_.pop_front();
      ++worker.task->attempts;
      worker.work_left = static_cast<Nanos>(1 + draw(random_, 10)) * kTick;
    }
  }

 public:
  // Events that were known later than they happened, merged into their places.
  void put_in_order(History& history) {
    for (HistoryEvent& event : later_) history.push_back(std::move(event));
    std::stable_sort(history.begin(), history.end(),
                     [](const HistoryEvent& a, const HistoryEvent& b) { return a.t < b.t; });
  }

 private:
  Simulation simulation_;
  std::mt19937_64 random_;
  std::uint64_t strength_;
  std::uint64_t window_;
  std::uint64_t tasks_;
  Nanos now_ = 0;
  Nanos paused_until_ = 0;
  History history_;
  History later_;
  std::vector<SimWorker> workers_;
  std::deque<SimTask> queue_;
  std::vector<Nanos> births_;
  pid_t next_pid_ = 1000;
  std::uint64_t submitted_ = 0;
  std::uint64_t open_ = 0;
  std::uint64_t faults_ = 0;
};

}  // namespace

History made_history(const Simulation& simulation) {
  SimPool pool(simulation);
  History history = pool.run();
  pool.put_in_order(history);
  return history;
}

}  // namespace revenant::chaos
