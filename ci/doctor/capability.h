// What this machine can do for the pool and the harness, each found out by trying it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace revenant::ci {

enum class Ability : std::uint8_t {
  ok,
  limited,  // it works, at a cost
  missing,  // it does not work, and neither does what needs it
};

struct Capability {
  std::string name{};
  Ability ability = Ability::ok;
  bool is_essential = false;  // without it neither the pool nor the harness works
  std::string serves{};       // what it is for
  std::string found{};        // what was seen: a version, a number, the kernel's reason
  std::string cost{};         // what is lost; empty if it is ok
  std::string remedy{};       // what to do about it; empty if it is ok
};

// Each forks a few children that do nothing, and collects them; the calling process must have no
// other thread. A few milliseconds together.
[[nodiscard]] std::vector<Capability> pool_capabilities();     // what the kernel gives the pool
[[nodiscard]] std::vector<Capability> harness_capabilities();  // what it allows the harness to do
[[nodiscard]] std::vector<Capability> tool_capabilities();     // programs on PATH

}  // namespace revenant::ci
