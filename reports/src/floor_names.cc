#include "reports/src/floor_names.h"

#include <algorithm>
#include <array>
#include <utility>

namespace revenant::reports {

std::string floor_label(const std::string& name) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 8> kLabels = {{
      {"ring_pair", "bare ring pair"},
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

}  // namespace revenant::reports
