#include "chaos/src/calm.h"

#include <algorithm>

#include "chaos/src/throughput.h"

namespace revenant::chaos {
namespace {

constexpr std::uint64_t kTasksMax = 50'000;
constexpr Nanos kTimeMin = kSecond / 2;
constexpr Nanos kTimeMax = 5 * kSecond;
// Rare tasks are waited for longer, but not as long as it takes.
constexpr Nanos kTimeMaxForRate = 10 * kSecond;
// One may be late at either end.
constexpr double kTasksForRate = kResultsOfARate + 2;

}  // namespace

std::uint64_t calm_tasks(std::uint64_t tasks) noexcept {
  return std::min((tasks + 5) / 10, kTasksMax);
}

Nanos calm_time(const RunOptions& options) noexcept {
  if (!options.duration) return 0;
  const Nanos share = std::clamp(options.duration->count() * kMillisecond / 10, kTimeMin, kTimeMax);
  if (!options.rate) return share;
  const double needed = kTasksForRate / *options.rate * static_cast<double>(kSecond);
  return std::max(share,
                  static_cast<Nanos>(std::min(needed, static_cast<double>(kTimeMaxForRate))));
}

}  // namespace revenant::chaos
