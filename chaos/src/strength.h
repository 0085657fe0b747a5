// How many workers were alive, and how long each dead one's place stayed empty.
//
// A pool does not say which new process replaces which dead one, so places are matched in order:
// a new worker fills the place that has been empty longest. That is the reading most favourable to
// the target: if it breaks a bound under this matching, it breaks it under every other.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "chaos/src/history_index.h"

namespace revenant::chaos {

struct Vacancy {
  std::size_t worker = 0;                           // index of the one who died
  Nanos since = 0;                                  // when that was visible
  std::optional<std::size_t> fault = std::nullopt;  // where it was injected
  std::optional<Nanos> filled_at = std::nullopt;
};

// From `at` on.
struct Manning {
  Nanos at = 0;
  std::uint64_t alive = 0;
  std::uint64_t stopped = 0;  // of them, by a `stop` that is in force
};

struct Strength {
  // What is demanded: the workers at the beginning of the chaos phase, or when the first fault was
  // sent if there were more (a pool may start them when there is work).
  std::uint64_t at_start = 0;
  std::uint64_t at_end = 0;         // when the closing phase began, or the target was gone
  std::vector<Vacancy> vacancies;   // in the order of `since`
  std::vector<std::size_t> spared;  // workers who died without leaving a place empty
  std::vector<Manning> timeline;

  [[nodiscard]] std::uint64_t alive_at(Nanos t) const;
  // Of [from, to) the time in which stopped workers account for it that `open` tasks made no
  // progress: every living worker is stopped, or no more tasks are open than workers are stopped.
  [[nodiscard]] Nanos excused_by_stops(Nanos from, Nanos to, std::uint64_t open) const;
};

[[nodiscard]] Strength measure_strength(const HistoryIndex& index);

}  // namespace revenant::chaos
