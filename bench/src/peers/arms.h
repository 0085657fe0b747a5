// The peers: what is run, and against which of this pool's two ways it is held.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace revenant::bench::peers {

struct Arm {
  std::string_view name;
  std::string_view title;
  // In the folder of the peers; empty for this pool's own arms. It answers --version with a line,
  // and --work noop|wait|kill --workers N --seconds S with a JSON object on a line.
  std::string_view program;
  std::vector<std::string> arguments{};
  // Many tasks a message: held against this pool's batch call, and run with no-op tasks alone. A
  // batch of tasks of 1 ms hides the cost of every pool.
  bool in_batches = false;
};

// This pool's own first.
[[nodiscard]] std::span<const Arm> all_arms();

// Nullptr if there is none of that name.
[[nodiscard]] const Arm* find_arm(std::string_view name);

// The arm of this pool that `arm` is held against.
[[nodiscard]] std::string_view own_arm_for(const Arm& arm);

}  // namespace revenant::bench::peers
