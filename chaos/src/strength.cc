#include "chaos/src/strength.h"

#include <algorithm>
#include <deque>

namespace revenant::chaos {
namespace {

enum class ChangeKind { seen, stopped, continued, gone };  // at one instant: in this order
struct Change {
  Nanos at = 0;
  ChangeKind kind = ChangeKind::seen;
  std::size_t worker = 0;
};

std::vector<Change> changes_of(const HistoryIndex& index) {
  std::vector<Change> changes;
  changes.reserve(2 * (index.workers.size() + index.faults.size()));
  for (std::size_t i = 0; i < index.workers.size(); ++i) {
    const WorkerRecord& worker = index.workers[i];
    changes.push_back({worker.seen_at, ChangeKind::seen, i});
    // A death cannot be before the birth, however coarsely the birth was dated.
    if (worker.gone_at) {
      changes.push_back({std::max(*worker.gone_at, worker.seen_at), ChangeKind::gone, i});
    }
  }
  for (const InstalledFault& fault : index.faults) {
    if (!fault.is_stop()) continue;
    changes.push_back({fault.seen, ChangeKind::stopped, 0});
    changes.push_back({std::max(fault.over_at(), fault.seen), ChangeKind::continued, 0});
  }
  std::stable_sort(changes.begin(), changes.end(), [](const Change& a, const Change& b) {
    return a.at != b.at ? a.at < b.at : a.kind < b.kind;
  });
  return changes;
}

std::vector<Manning> timeline_of(const std::vector<Change>& changes) {
  std::vector<Manning> timeline;
  Manning now;
  for (const Change& change : changes) {
    now.at = change.at;
    switch (change.kind) {
      case ChangeKind::seen:
        ++now.alive;
        break;
      case ChangeKind::gone:
        --now.alive;
        break;
      case ChangeKind::stopped:
        ++now.stopped;
        break;
      case ChangeKind::continued:
        --now.stopped;
        break;
    }
    if (!timeline.empty() && timeline.back().at == now.at) timeline.pop_back();
    timeline.push_back(now);
  }
  return timeline;
}

std::uint64_t demanded(const HistoryIndex& index, const Strength& strength) {
  const auto chaos_began = index.began(Phase::chaos);
  if (!chaos_began) return 0;
  const std::uint64_t at_start = strength.alive_at(*chaos_began);
  std::optional<Nanos> first_sent;
  for (const InstalledFault& fault : index.faults) {
    // Of exit0 nothing is seen before the death, when a successor may be there already.
    if (fault.fault == "exit0") continue;
    first_sent = std::min(first_sent.value_or(fault.sent), fault.sent);
  }
  return first_sent ? std::max(at_start, strength.alive_at(*first_sent)) : at_start;
}

// Those who went because the target was closing were there until then.
std::uint64_t alive_at_end(const HistoryIndex& index) {
  const Nanos end = index.work_ended_at();
  return static_cast<std::uint64_t>(
      std::count_if(index.workers.begin(), index.workers.end(), [&](const WorkerRecord& worker) {
        const bool was_there =
            !worker.gone_at || *worker.gone_at > end || worker.because == GoneBecause::closing;
        return worker.seen_at <= end && was_there;
      }));
}

void find_vacancies(const HistoryIndex& index, const std::vector<Change>& changes,
                    Strength& strength) {
  const Nanos begin = index.began(Phase::chaos).value_or(index.last_t);
  const Nanos end = index.work_ended_at();
  std::uint64_t alive = 0;
  std::deque<std::size_t> empty;  // indices of vacancies, the oldest first
  for (const Change& change : changes) {
    if (change.at > end) break;
    if (change.kind == ChangeKind::seen) {
      ++alive;
      if (!empty.empty()) {
        strength.vacancies[empty.front()].filled_at = change.at;
        empty.pop_front();
      }
    } else if (change.kind == ChangeKind::gone) {
      --alive;
      if (change.at < begin) continue;
      if (alive >= strength.at_start) {
        strength.spared.push_back(change.worker);
        continue;
      }
      strength.vacancies.push_back({.worker = change.worker,
                                    .since = change.at,
                                    .fault = index.workers[change.worker].killed_by});
      empty.push_back(strength.vacancies.size() - 1);
    }
  }
}

}  // namespace

std::uint64_t Strength::alive_at(Nanos t) const {
  const auto after = std::upper_bound(timeline.begin(), timeline.end(), t,
                                      [](Nanos at, const Manning& m) { return at < m.at; });
  return after == timeline.begin() ? 0 : std::prev(after)->alive;
}

Nanos Strength::excused_by_stops(Nanos from, Nanos to, std::uint64_t open) const {
  Nanos excused = 0;
  auto span = std::upper_bound(timeline.begin(), timeline.end(), from,
                               [](Nanos at, const Manning& m) { return at < m.at; });
  if (span != timeline.begin()) --span;
  for (; span != timeline.end() && span->at < to; ++span) {
    if (span->stopped == 0 || span->stopped < std::min(span->alive, open)) continue;
    const Nanos until = std::next(span) == timeline.end() ? to : std::next(span)->at;
    excused += std::max<Nanos>(0, std::min(until, to) - std::max(span->at, from));
  }
  return excused;
}

Strength measure_strength(const HistoryIndex& index) {
  Strength strength;
  const std::vector<Change> changes = changes_of(index);
  strength.timeline = timeline_of(changes);
  strength.at_start = demanded(index, strength);
  strength.at_end = alive_at_end(index);
  find_vacancies(index, changes, strength);
  return strength;
}

}  // namespace revenant::chaos
