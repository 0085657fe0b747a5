// The goals for machines.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "bench/src/effort.h"
#include "bench/src/goals/row.h"

namespace revenant::bench::goals {

// {"context": {…}, "effort": "full", "rounds": 11, "kills_a_round": 20, "met": false, "goals": [
//   {"goal": 1, "what": "…", "sense": "at_least", "bar": 0.5, "stretch": 0.85, "unit": "",
//    "median": 0.4, "low": 0.39, "high": 0.41, "standing": "not met", "note": "…"}]}
// Without a measurement `median`, `low` and `high` are null; without a stretch it is.
[[nodiscard]] std::string goals_json(const Rows& rows, const Effort& effort);

// Rows from one process to another. Nothing where the text is cut short.
[[nodiscard]] std::string rows_as_text(const Rows& rows);
[[nodiscard]] std::optional<Rows> rows_from_text(std::string_view text);

}  // namespace revenant::bench::goals
