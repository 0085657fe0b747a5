#include "reports/src/bench_name.h"

#include <algorithm>
#include <array>

namespace revenant::reports {

bool is_manner(std::string_view segment) {
  constexpr std::array kPrefixes = {"iterations:", "repeats:", "min_time:", "min_warmup_time:"};
  constexpr std::array kWords = {"real_time", "process_time", "manual_time"};
  return std::any_of(kPrefixes.begin(), kPrefixes.end(),
                     [&](std::string_view prefix) { return segment.starts_with(prefix); }) ||
         std::find(kWords.begin(), kWords.end(), segment) != kWords.end();
}

std::string name_without_manner(std::string_view run_name) {
  std::string name;
  while (!run_name.empty()) {
    const std::size_t end = std::min(run_name.find('/'), run_name.size());
    const std::string_view segment = run_name.substr(0, end);
    run_name.remove_prefix(std::min(end + 1, run_name.size()));
    if (is_manner(segment)) continue;
    if (!name.empty()) name += '/';
    name += segment;
  }
  return name;
}

bool is_bookkeeping(std::string_view key) {
  constexpr std::array kKeys = {"family_index", "per_family_instance_index",
                                "repetitions",  "repetition_index",
                                "threads",      "iterations",
                                "real_time",    "cpu_time"};
  return std::find(kKeys.begin(), kKeys.end(), key) != kKeys.end();
}

double microseconds_per(std::string_view unit) {
  if (unit == "s") return 1e6;
  if (unit == "ms") return 1e3;
  return unit == "us" ? 1 : 1e-3;
}

}  // namespace revenant::reports
