// Numbers with units: what the figures and the bounds of thresholds are measured in.
//
// Pure. Values are kept in seconds, bytes, and products of them; a rate is one over seconds.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace revenant::chaos {

struct Dimension {
  int seconds = 0;
  int bytes = 0;
  bool ruling = false;  // no number at all: pass, fail or unknown

  friend bool operator==(const Dimension&, const Dimension&) = default;
};
inline constexpr Dimension kCount{};
inline constexpr Dimension kTime{.seconds = 1};
inline constexpr Dimension kRate{.seconds = -1};
inline constexpr Dimension kBytes{.bytes = 1};
inline constexpr Dimension kBytesPerSecond{.seconds = -1, .bytes = 1};
inline constexpr Dimension kRuling{.ruling = true};

struct Unit {
  std::string_view name;
  double factor;  // one of it, in seconds, bytes or as it is
  Dimension dimension;
};

// Null where there is none of that name.
[[nodiscard]] const Unit* unit_named(std::string_view name) noexcept;
[[nodiscard]] std::vector<std::string> unit_names();

// "a time", "a count or ratio": for messages.
[[nodiscard]] std::string describe(const Dimension& dimension);

// "41.2 ms", "8100/s", "1.5 MiB", "12": to three digits, a count to its last one.
[[nodiscard]] std::string format_quantity(double value, const Dimension& dimension);

}  // namespace revenant::chaos
