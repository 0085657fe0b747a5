// What a run with so many losses under so many faults can support.
#pragma once

#include <cstdint>
#include <string>

namespace revenant::chaos {

// The regularised incomplete beta function I_x(a, b), for a, b > 0 and 0 <= x <= 1.
[[nodiscard]] double incomplete_beta(double a, double b, double x);

// The exact (Clopper-Pearson) bounds of a probability of which `successes` of `trials` were seen;
// each is wrong with probability `error` at most. Without a success the upper one is
// 1 - error^(1/trials), which the rule of three approximates by 3/trials for 5 %.
[[nodiscard]] double upper_bound_of(std::uint64_t successes, std::uint64_t trials, double error);
[[nodiscard]] double lower_bound_of(std::uint64_t successes, std::uint64_t trials, double error);

// One sentence at 95 % confidence: "0 of 20,000 tasks lost under 412 kills: at 95 % confidence a
// kill loses a task with p < 0.73 %". One-sided where nothing was lost, two-sided else. Bounds are
// rounded away from the estimate, so that the sentence never claims more than was shown. `noun` is
// what the faults are called ("kill", "fault"), `task` what the tasks are. Empty where there was no
// fault, or no task.
[[nodiscard]] std::string confidence_statement(std::uint64_t lost, std::uint64_t tasks,
                                               std::uint64_t faults, const std::string& noun,
                                               const std::string& task = "task");

}  // namespace revenant::chaos
