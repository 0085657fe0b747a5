// When a series that may stop early is looked at, and what each look may cost. Pure.
//
// Whoever looks after every run and stops at the first p < 0.05 is wrong far more often than once
// in twenty. Here the error rate is spent in equal parts on a fixed number of looks, as in a group
// sequential trial (Pocock 1977; the intervals are the repeated ones of Jennison and Turnbull
// 1989). The parts are added up by Bonferroni's inequality, which holds for any test: against
// Pocock's own constants, which hold for normal means, that is 0.0083 instead of 0.0142 a look.
#pragma once

#include <cstddef>
#include <vector>

namespace revenant::reports::compare {

inline constexpr std::size_t kLooks = 6;

// What a look may cost so that all together cost at most `alpha`.
double alpha_of_a_look(double alpha);

// After how many blocks to look: at most kLooks numbers, ascending, from the first that can show
// anything to the last that there is time for, at equal ratios. The last is at least 1.
std::vector<std::size_t> plan_looks(std::size_t blocks_needed, std::size_t blocks_max);

}  // namespace revenant::reports::compare
