// What Google Benchmark puts into names and units of a row. Pure.
#pragma once

#include <string>
#include <string_view>

namespace revenant::reports {

// Whether a segment of a name says how it was measured (iterations:1000, real_time …) and not what:
// with other threads (`threads:4`) it is another benchmark.
bool is_manner(std::string_view segment);

// The name without such segments.
std::string name_without_manner(std::string_view run_name);

// Whether the number of a row under this key is no counter: a time, or what says how it came about.
bool is_bookkeeping(std::string_view key);

// Of a row's time_unit; nanoseconds if it has none.
double microseconds_per(std::string_view unit);

}  // namespace revenant::reports
