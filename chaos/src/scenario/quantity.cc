#include "chaos/src/scenario/quantity.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <span>

namespace revenant::chaos {
namespace {

// From small to large within a dimension.
constexpr std::array<Unit, 12> kUnits{{{"ns", 1e-9, kTime},
                                       {"us", 1e-6, kTime},
                                       {"ms", 1e-3, kTime},
                                       {"s", 1, kTime},
                                       {"min", 60, kTime},
                                       {"h", 3600, kTime},
                                       {"B", 1, kBytes},
                                       {"KiB", 1024, kBytes},
                                       {"MiB", 1024.0 * 1024, kBytes},
                                       {"GiB", 1024.0 * 1024 * 1024, kBytes},
                                       {"/s", 1, kRate},
                                       {"%", 0.01, kCount}}};

// In the largest of these units of which there is at least one.
std::string scaled(double value, std::span<const Unit> units) {
  const Unit* unit = &units.front();
  for (const Unit& each : units) {
    if (std::abs(value) >= each.factor) unit = &each;
  }
  return fmt::format("{:.3g} {}", value / unit->factor, unit->name);
}

}  // namespace

const Unit* unit_named(std::string_view name) noexcept {
  const auto found = std::find_if(kUnits.begin(), kUnits.end(),
                                  [&](const Unit& unit) { return unit.name == name; });
  return found == kUnits.end() ? nullptr : &*found;
}

std::vector<std::string> unit_names() {
  std::vector<std::string> names;
  for (const Unit& unit : kUnits) names.emplace_back(unit.name);
  return names;
}

std::string describe(const Dimension& dimension) {
  if (dimension == kRuling) return "a verdict";
  if (dimension == kCount) return "a number";
  if (dimension == kTime) return "a time";
  if (dimension == kRate) return "a rate";
  if (dimension == kBytes) return "a size";
  if (dimension == kBytesPerSecond) return "a size a second";
  return fmt::format("in s^{} B^{}", dimension.seconds, dimension.bytes);
}

std::string format_quantity(double value, const Dimension& dimension) {
  constexpr std::size_t kSecondsAndLess = 4;  // nobody reads 0.0312 h
  constexpr std::size_t kFirstOfBytes = 6;
  constexpr std::size_t kUnitsOfBytes = 4;
  const std::span<const Unit> units(kUnits);
  if (dimension == kTime) return value == 0 ? "0 s" : scaled(value, units.first(kSecondsAndLess));
  if (dimension == kBytes) return scaled(value, units.subspan(kFirstOfBytes, kUnitsOfBytes));
  if (dimension == kRate) return fmt::format("{:.0f}/s", value);
  const bool whole = dimension == kCount && value == std::floor(value) && std::abs(value) < 1e15;
  if (whole) return fmt::format("{:.0f}", value);
  return fmt::format("{:.4g}", value);
}

}  // namespace revenant::chaos
