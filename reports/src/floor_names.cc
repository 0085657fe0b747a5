#include "reports/src/floor_names.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace revenant::reports {

std::string floor_label(const std::string& name) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 12> kLabels = {{
      {"ring_pair", "bare ring pair"},
      {"ring_pair_copy", "ring pair, bytes copied"},
      {"futex_round_trip_after_pause", "futex, round trip, after a pause"},
      {"kill_sleeping_to_pidfd", "SIGKILL of a sleeper to pidfd"},
      {"kill_sleeping_to_robust_futex", "SIGKILL of a sleeper to robust futex"},
      {"socketpair_stream", "socket pair, one way"},
      {"futex_round_trip", "futex, round trip"},
      {"shm_round_trip", "shared memory, spinning, round trip"},
      {"socketpair_round_trip", "socket pair, round trip"},
      {"fork_first_message", "fork to the child's first byte"},
      {"kill_to_pidfd", "SIGKILL to pidfd readable"},
      {"kill_to_robust_futex", "SIGKILL to robust futex woken"},
  }};
  for (const auto& [known, label] : kLabels) {
    if (known == name) return std::string(label);
  }
  std::string label = name;
  std::replace(label.begin(), label.end(), '_', ' ');
  return label;
}

std::string floor_label(const ThroughputFloor& floor) {
  std::string label = floor_label(floor.name);
  for (const auto& [key, value] : floor.arguments) {
    std::string noun = floor_label(key);
    if (value == 1 && noun.ends_with('s'))
      noun.resize(noun.size() - (noun.ends_with("sses") ? 2 : 1));
    label += fmt::format(", {} {}", value, noun);
  }
  return label;
}

}  // namespace revenant::reports
