// The wording that findings share: times, counts, and the first few examples.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "chaos/src/history_index.h"
#include "revenant/chaos/verdict.h"

namespace revenant::chaos {

// "1.234 s", counted from the start of the run.
[[nodiscard]] std::string seconds(Nanos t);
// "1.2 s", "34 ms", "560 us": a duration to three digits.
[[nodiscard]] std::string duration(Nanos d);
// "10,000".
[[nodiscard]] std::string grouped(std::uint64_t number);
// "1 task", "2,000 tasks"; "3 processes" where the plural is not the singular and an s.
[[nodiscard]] std::string counted(std::uint64_t number, std::string_view noun,
                                  std::string_view plural = {});

// Counts one more case, and keeps it as an example while there are few.
void add_example(Finding& finding, std::int64_t which, std::string detail);

// A finding of oddities, each told as "NOUN 17 WHAT, at 1.234 s".
[[nodiscard]] Finding finding_of(FindingKind kind, const Oddities& oddities, std::string_view noun,
                                 std::string explanation);

}  // namespace revenant::chaos
