// What the pool's tests collect, and how long they wait for it at the most.
#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "revenant/pool.h"

namespace revenant::test {

// Generous: a test that reaches it has found a hang.
inline constexpr std::chrono::nanoseconds kLimit = std::chrono::seconds(60);

struct Delivered {
  OutcomeKind kind = OutcomeKind::completed;
  Reason reason = Reason::none;
  unsigned attempts = 0;
  pid_t worker = -1;
  std::string value;
};

// Every outcome by tag; several for one tag would be a broken promise, and are kept to be seen.
class Outcomes {
 public:
  void operator()(const Outcome& outcome) {
    by_tag_[outcome.tag].push_back({outcome.kind, outcome.reason, outcome.attempts, outcome.worker,
                                    std::string(outcome.value)});
    ++count_;
  }

  [[nodiscard]] std::size_t count() const { return count_; }
  [[nodiscard]] std::size_t count(OutcomeKind kind) const {
    std::size_t n = 0;
    for (const auto& [tag, all] : by_tag_) {
      for (const Delivered& one : all) n += one.kind == kind ? 1 : 0;
    }
    return n;
  }
  // The only outcome of that task; a test failure where there is none or more than one.
  const Delivered& only(std::uint64_t tag) {
    EXPECT_EQ(by_tag_[tag].size(), 1u) << "outcomes of task " << tag;
    static const Delivered none{OutcomeKind::cancelled, Reason::none, 0, -1, "(no outcome)"};
    return by_tag_[tag].empty() ? none : by_tag_[tag].front();
  }

 private:
  std::map<std::uint64_t, std::vector<Delivered>> by_tag_;
  std::size_t count_ = 0;
};

// Keeps `window` of `count` tasks open, tagged from 0, with payload_of(tag), until each has its
// outcome.
template <typename PayloadOf>
void run_tasks(Pool& pool, Outcomes& outcomes, std::uint64_t count, std::size_t window,
               PayloadOf payload_of) {
  const auto until = std::chrono::steady_clock::now() + kLimit;
  const std::size_t before = outcomes.count();
  std::uint64_t next = 0;
  while (outcomes.count() - before < count) {
    while (next < count && pool.open_tasks() < window) {
      const SubmitResult result = pool.submit(payload_of(next), next);
      if (result == SubmitResult::stopped) return;
      ASSERT_EQ(result, SubmitResult::accepted);
      ++next;
    }
    pool.poll(std::chrono::milliseconds(200), outcomes);
    ASSERT_LT(std::chrono::steady_clock::now(), until)
        << outcomes.count() - before << " of " << count << " outcomes, " << pool.open_tasks()
        << " open, " << pool.workers_ready() << " workers";
  }
}

inline void run_tasks(Pool& pool, Outcomes& outcomes, std::uint64_t count,
                      std::size_t window = 64) {
  run_tasks(pool, outcomes, count, window, [](std::uint64_t tag) { return std::to_string(tag); });
}

// Polls until `done()`, with no task open or some.
template <typename Done>
void poll_until(Pool& pool, Outcomes& outcomes, Done done) {
  const auto until = std::chrono::steady_clock::now() + kLimit;
  while (!done()) {
    pool.poll(std::chrono::milliseconds(10), outcomes);
    ASSERT_LT(std::chrono::steady_clock::now(), until) << "waited in vain";
  }
}

// What an observer has seen.
class Events {
 public:
  [[nodiscard]] Observer observer() {
    return [this](const Event& event) { all_.push_back(event); };
  }
  [[nodiscard]] std::size_t count(EventKind kind) const {
    std::size_t n = 0;
    for (const Event& event : all_) n += event.kind == kind ? 1 : 0;
    return n;
  }
  [[nodiscard]] const std::vector<Event>& all() const { return all_; }
  // Workers that are ready and whose death was not noticed.
  [[nodiscard]] std::vector<pid_t> living_workers() const {
    std::vector<pid_t> living;
    for (const Event& event : all_) {
      if (event.kind == EventKind::ready) living.push_back(event.pid);
      if (event.kind == EventKind::died_early || event.kind == EventKind::died_final) {
        std::erase(living, event.pid);
      }
    }
    return living;
  }
  [[nodiscard]] pid_t nursery() const {
    pid_t pid = -1;
    for (const Event& event : all_) {
      if (event.kind == EventKind::nursery_started) pid = event.pid;
    }
    return pid;
  }

 private:
  std::vector<Event> all_;
};

}  // namespace revenant::test
