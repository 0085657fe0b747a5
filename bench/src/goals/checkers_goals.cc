// Goal 15: how long the judge takes for a long history.
#include <sys/resource.h>
#include <unistd.h>

#include <new>
#include <stdexcept>

#include "bench/src/goals/figures.h"
#include "bench/src/goals/goals.h"
#include "bench/src/goals/long_history.h"
#include "bench/src/goals/scratch_folder.h"
#include "bench/src/peer_process.h"
#include "bench/src/progress.h"
#include "chaos/src/verdict.h"
#include "pool/os/clock.h"
#include "pool/os/shared_region.h"

namespace revenant::bench::goals {
namespace {

constexpr std::uint64_t kEventsOfTheGoal = 10'000'000;

struct Judged {
  bool passed = false;
  double seconds = 0;
  double peak_mib = 0;
};

// In a process of its own, so that its memory is the judge's.
Judged judge_alone(const std::string& path) {
  const os::SharedRegion region(sizeof(Judged));
  Judged& judged = *new (region.data()) Judged;
  PeerProcess judge([&] {
    const os::TimePoint begin = os::now();
    const chaos::JudgedFile file = chaos::judge_file(path);
    judged.seconds = std::chrono::duration<double>(os::now() - begin).count();
    judged.passed = file.error.empty() && file.verdict.ruling == chaos::Ruling::pass;
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    judged.peak_mib = static_cast<double>(usage.ru_maxrss) / 1024;
  });
  judge.process().wait_ended(-1);
  if (!judged.passed) throw std::runtime_error("a correct history was not judged `pass`");
  return judged;
}

}  // namespace

Rows measure_checkers(const GoalSettings& settings) {
  const std::uint64_t wanted = std::min(settings.effort.history_events, kEventsOfTheGoal);
  const ScratchFolder folder;
  const std::string path = folder.file("history.jsonl");
  const ProgressLine progress("judging a history of " + std::to_string(wanted) + " events");
  const std::uint64_t events = write_long_history(path, wanted);
  Series seconds, peaks;
  const double share = static_cast<double>(events) / static_cast<double>(kEventsOfTheGoal);
  for (unsigned i = 0; i < settings.effort.rounds_of_many && i < 5; ++i) {
    const Judged judged = judge_alone(path);
    seconds.push_back(judged.seconds / share);
    peaks.push_back(judged.peak_mib / share);
  }
  const std::string note = std::to_string(events) + " events" +
                           (share < 0.99 ? ", and in proportion what ten million would take" : "");
  return {value_row({15, "time to judge ten million events", Sense::at_most, 10, std::nullopt, "s"},
                    seconds, note),
          value_row(
              {15, "memory to judge ten million events", Sense::at_most, 1024, std::nullopt, "MiB"},
              peaks, note)};
}

}  // namespace revenant::bench::goals
