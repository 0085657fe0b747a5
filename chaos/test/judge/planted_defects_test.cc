// Made-up histories of a correct pool raise nothing; with one defect planted they raise that one.
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <ostream>

#include "chaos/src/verdict.h"
#include "chaos/test/judge/made_history.h"

namespace revenant::chaos {
namespace {

constexpr std::uint64_t kCorrectSeeds = 150;
constexpr std::uint64_t kSeeds = 60;  // of each defect
constexpr Nanos kMs = 1'000'000;

std::vector<FindingKind> kinds_of(const Verdict& verdict) {
  std::vector<FindingKind> kinds;
  for (const Finding& finding : verdict.findings) kinds.push_back(finding.kind);
  return kinds;
}

std::string names_of(const std::vector<FindingKind>& kinds) {
  std::string names;
  for (const FindingKind kind : kinds) names += std::string(to_string(kind)) + " ";
  return names;
}

template <typename Kind>
std::vector<std::size_t> places_of(const History& history) {
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < history.size(); ++i) {
    if (std::holds_alternative<Kind>(history[i].what)) places.push_back(i);
  }
  return places;
}

template <typename Kind>
std::size_t any_of(const History& history, std::mt19937_64& random) {
  const auto places = places_of<Kind>(history);
  return places[draw(random, places.size())];
}

template <typename Kind>
std::size_t last_of(const History& history) {
  return places_of<Kind>(history).back();
}

std::size_t place_of(const History& history, Phase phase) {
  for (const std::size_t i : places_of<PhaseBegan>(history)) {
    if (std::get<PhaseBegan>(history[i].what).phase == phase) return i;
  }
  return history.size();
}

void insert(History& history, Nanos t, Happening what) {
  const auto after = std::upper_bound(history.begin(), history.end(), t,
                                      [](Nanos at, const HistoryEvent& e) { return at < e.t; });
  history.insert(after, {t, std::move(what)});
}

// Somewhere between the beginning of the chaos phase and the end of the calm one.
Nanos any_time(const History& history, std::mt19937_64& random) {
  const Nanos from = history[place_of(history, Phase::chaos)].t;
  const Nanos to = history[place_of(history, Phase::closing)].t;
  return from + static_cast<Nanos>(draw(random, static_cast<std::uint64_t>(to - from)));
}

void move_times(Happening& what, Nanos after, Nanos by) {
  const auto move = [&](Nanos& t) {
    if (t >= after) t += by;
  };
  if (auto* seen = std::get_if<WorkerSeen>(&what)) move(seen->at);
  if (auto* gone = std::get_if<WorkerGone>(&what)) move(gone->at);
  if (auto* fault = std::get_if<FaultDone>(&what)) {
    move(fault->sent);
    move(fault->seen);
    if (fault->ended) move(*fault->ended);
  }
}

// Stops the world before a result, at a moment when every place was filled: what follows happens
// six seconds later.
bool stall(History& history, std::mt19937_64& random) {
  std::vector<std::size_t> places;
  std::uint64_t alive = 0;
  std::uint64_t strength = 0;
  for (std::size_t i = 0; i < history.size(); ++i) {
    const Happening& what = history[i].what;
    if (std::holds_alternative<WorkerSeen>(what)) ++alive;
    if (std::holds_alternative<WorkerGone>(what)) --alive;
    if (std::holds_alternative<PhaseBegan>(what) && strength == 0) strength = alive;
    if (std::holds_alternative<TargetReady>(what)) strength = alive;
    if (std::holds_alternative<TaskResult>(what) && alive == strength) places.push_back(i);
  }
  if (places.empty()) return false;
  const std::size_t place = places[draw(random, places.size())];
  const Nanos after = history[place].t;
  for (std::size_t i = place; i < history.size(); ++i) {
    move_times(history[i].what, after, 6000 * kMs);
    history[i].t += 6000 * kMs;
  }
  return true;
}

// The last worker to be born was never born, or later.
bool delay_last_birth(History& history, std::optional<Nanos> by) {
  const std::size_t calm = place_of(history, Phase::calm);
  const std::size_t birth = last_of<WorkerSeen>(history);
  if (std::get<WorkerSeen>(history[birth].what).at <= history[place_of(history, Phase::chaos)].t) {
    return false;  // nobody was ever replaced
  }
  HistoryEvent event = history[birth];
  const pid_t pid = std::get<WorkerSeen>(event.what).pid;
  const Nanos calm_begins = history[calm].t;
  history.erase(history.begin() + static_cast<std::ptrdiff_t>(birth));
  if (by) {
    // Counted from the beginning of the calm phase, which is after the death.
    event.t = std::get<WorkerSeen>(event.what).at = calm_begins + *by;
    insert(history, event.t, event.what);
    return true;
  }
  std::erase_if(history, [&](const HistoryEvent& e) {
    const auto* gone = std::get_if<WorkerGone>(&e.what);
    return gone != nullptr && gone->pid == pid;
  });
  return true;
}

struct Defect {
  FindingKind kind;
  Simulation simulation;
  // False where this history has no place for the defect.
  std::function<bool(History&, std::mt19937_64&)> plant;
};

void PrintTo(const Defect& defect, std::ostream* out) { *out << to_string(defect.kind); }

bool drop_result(History& history, std::mt19937_64& random) {
  history.erase(history.begin() + static_cast<std::ptrdiff_t>(any_of<TaskResult>(history, random)));
  return true;
}

bool repeat_result(History& history, std::mt19937_64& random) {
  const HistoryEvent result = history[any_of<TaskResult>(history, random)];
  insert(history, result.t + static_cast<Nanos>(draw(random, 50)) * kMs, result.what);
  // A ghost comes before the target is gone.
  return history[last_of<TaskResult>(history)].t < history[last_of<TargetExited>(history)].t;
}

bool spoil_result(History& history, std::mt19937_64& random) {
  auto& result = std::get<TaskResult>(history[any_of<TaskResult>(history, random)].what);
  std::uint64_t& bits = result.value.is_number ? result.value.number : result.value.hash;
  bits ^= std::uint64_t{1} << draw(random, 64);
  return true;
}

bool fail_instead(History& history, std::mt19937_64& random) {
  HistoryEvent& event = history[any_of<TaskResult>(history, random)];
  const TaskResult result = std::get<TaskResult>(event.what);
  event.what = TaskFailed{result.id, "no reason", result.worker, result.attempts};
  return true;
}

// Only the victims' tasks fail by themselves; whoever is named in a result lived to give it.
bool fail_an_innocent(History& history, std::mt19937_64& random) {
  const std::size_t place = any_of<TaskResult>(history, random);
  const pid_t worker = *std::get<TaskResult>(history[place].what).worker;
  for (const std::size_t i : places_of<FaultDone>(history)) {
    const auto& fault = std::get<FaultDone>(history[i].what);
    // Killed in the same instant: it might have been in the middle of it.
    if (fault.victim == worker && fault.sent == history[place].t) return false;
  }
  const TaskResult result = std::get<TaskResult>(history[place].what);
  history[place].what = TaskFailed{result.id, "no reason", result.worker, result.attempts};
  return true;
}

std::vector<Defect> all_defects() {
  using enum FindingKind;
  return {
      {lost, {}, drop_result},
      {duplicated, {}, repeat_result},
      {corrupted, {}, spoil_result},
      {unexpected,
       {},
       [](History& h, std::mt19937_64& random) {
         insert(h, any_time(h, random), TaskResult{1'000'000 + draw(random, 9), {}, {}, {}});
         return true;
       }},
      {failed, {}, fail_instead},
      {innocent_failed,
       {.claim = "contains", .stops = false, .give_up_tasks = true},
       fail_an_innocent},
      {stalled, {.stops = false}, stall},
      {shrunk, {}, [](History& h, std::mt19937_64&) { return delay_last_birth(h, std::nullopt); }},
      {slow_recovery,
       {},
       [](History& h, std::mt19937_64&) { return delay_last_birth(h, 1100 * kMs); }},
      {target_crashed,
       {},
       [](History& h, std::mt19937_64& random) {
         auto& exited = std::get<TargetExited>(h[last_of<TargetExited>(h)].what);
         exited.code = 1 + static_cast<int>(draw(random, 255));
         return true;
       }},
      {orphan,
       {},
       [](History& h, std::mt19937_64&) {
         insert(h, h.back().t - 1, Leftover{7, 'S', "pool", "./pool"});
         return true;
       }},
      {zombie,
       {},
       [](History& h, std::mt19937_64& random) {
         insert(h, any_time(h, random), Leftover{7, 'Z', "pool", ""});
         return true;
       }},
      {unreadable,
       {},
       [](History& h, std::mt19937_64& random) {
         insert(h, any_time(h, random), UnreadableLine{7, "not JSON", "hello"});
         return true;
       }},
      {cut_short,
       {},
       [](History& h, std::mt19937_64&) {
         h.pop_back();
         return true;
       }},
      {too_few_faults,
       {},
       [](History& h, std::mt19937_64&) {
         std::get<RunStarted>(h.front().what).faults_min = 1 + places_of<FaultDone>(h).size();
         return true;
       }},
      {external_kill,
       {},
       [](History& h, std::mt19937_64& random) {
         const Nanos t = any_time(h, random);
         insert(h, t - kMs, WorkerSeen{77, 1000, t - kMs});
         insert(h, t, WorkerGone{77, t, GoneBecause::killed_by_other, 9, t});
         return true;
       }},
  };
}

TEST(ACorrectPool, RaisesNothingWhateverTheSeed) {
  for (std::uint64_t seed = 1; seed <= kCorrectSeeds; ++seed) {
    const Verdict verdict = judge(made_history({.seed = seed}));
    ASSERT_EQ(names_of(kinds_of(verdict)), "") << "seed " << seed << "\n"
                                               << verdict_text(verdict, {});
  }
}

TEST(ACorrectPool, ThatGivesUpTheTasksOfItsDeadRaisesNothingUnderContains) {
  for (std::uint64_t seed = 1; seed <= kCorrectSeeds; ++seed) {
    const Verdict verdict = judge(made_history(
        {.seed = seed, .claim = "contains", .give_up_tasks = true, .name_workers = seed % 2 == 0}));
    ASSERT_EQ(names_of(kinds_of(verdict)), "") << "seed " << seed << "\n"
                                               << verdict_text(verdict, {});
  }
}

class APlantedDefect : public testing::TestWithParam<Defect> {};

TEST_P(APlantedDefect, RaisesItsOwnFindingAndNoOther) {
  std::uint64_t planted = 0;
  for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
    Simulation simulation = GetParam().simulation;
    simulation.seed = seed;
    History history = made_history(simulation);
    std::mt19937_64 random(seed);
    if (!GetParam().plant(history, random)) continue;
    ++planted;
    const Verdict verdict = judge(history);
    ASSERT_EQ(names_of(kinds_of(verdict)), names_of({GetParam().kind}))
        << "seed " << seed << "\n"
        << verdict_text(verdict, {});
  }
  EXPECT_GT(planted, kSeeds / 3) << "the defect found too few places to be planted";
}

INSTANTIATE_TEST_SUITE_P(All, APlantedDefect, testing::ValuesIn(all_defects()),
                         [](const auto& test) {
                           std::string name(to_string(test.param.kind));
                           std::replace(name.begin(), name.end(), '-', '_');
                           return name;
                         });

}  // namespace
}  // namespace revenant::chaos
