// Numbers as people read them, three digits each.
#pragma once

#include <string>

#include "bench/src/goals/arms.h"

namespace revenant::bench::goals {

[[nodiscard]] std::string figure(double value);           // "0.123", "45.6", "7890"
[[nodiscard]] std::string per_second(double rate);        // "12.3 M/s"
[[nodiscard]] std::string duration(double microseconds);  // "12.3 ms"
[[nodiscard]] double middle(const Series& series);        // the median
[[nodiscard]] std::string rate_beside(const Series& ours, const Series& floor);
[[nodiscard]] std::string time_beside(const Series& ours, const Series& floor);

}  // namespace revenant::bench::goals
