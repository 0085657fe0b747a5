// The goals for machines.
#pragma once

#include <string>

#include "bench/src/effort.h"
#include "bench/src/goals/row.h"

namespace revenant::bench::goals {

// {"context": {…}, "effort": "full", "rounds": 11, "kills_a_round": 20, "met": false, "goals": [
//   {"goal": 1, "what": "…", "sense": "at_least", "bar": 0.5, "stretch": 0.85, "unit": "",
//    "median": 0.4, "low": 0.39, "high": 0.41, "standing": "not met", "note": "…"}]}
// Without a measurement `median`, `low` and `high` are null; without a stretch it is.
[[nodiscard]] std::string goals_json(const Rows& rows, const Effort& effort);

}  // namespace revenant::bench::goals
