// The checkers: one for each kind of finding, each a pure function of the evidence.
//
// A checker reports what it sees and knows nothing of the others, nor of the claim. Which findings
// a claim demands is said in claims.h, and which are mere consequences of others in precedence.h.
#pragma once

#include <optional>
#include <span>

#include "chaos/src/checkers/evidence.h"
#include "revenant/chaos/verdict.h"

namespace revenant::chaos {

using Checker = std::optional<Finding> (*)(const Evidence& evidence);

// Why a run of this kind cannot show the finding, in a few words; empty where it can.
using Blindness = std::string (*)(const Evidence& evidence);

struct NamedChecker {
  FindingKind kind;
  Checker check;
  Blindness blindness = nullptr;  // null: whatever happened can be seen
};

// One for every kind but checker_error, in the order of FindingKind.
[[nodiscard]] std::span<const NamedChecker> all_checkers() noexcept;

namespace checkers {

std::optional<Finding> target_crashed(const Evidence& evidence);
std::optional<Finding> stalled(const Evidence& evidence);
std::optional<Finding> lost(const Evidence& evidence);
std::optional<Finding> duplicated(const Evidence& evidence);
std::optional<Finding> corrupted(const Evidence& evidence);
std::optional<Finding> unexpected(const Evidence& evidence);
std::optional<Finding> failed(const Evidence& evidence);
std::optional<Finding> innocent_failed(const Evidence& evidence);
std::optional<Finding> shrunk(const Evidence& evidence);
std::optional<Finding> slow_recovery(const Evidence& evidence);
std::optional<Finding> orphan(const Evidence& evidence);
std::optional<Finding> zombie(const Evidence& evidence);
std::optional<Finding> unreadable(const Evidence& evidence);
std::optional<Finding> poison(const Evidence& evidence);
std::optional<Finding> black_hole(const Evidence& evidence);
std::optional<Finding> executions(const Evidence& evidence);
std::optional<Finding> unfair(const Evidence& evidence);
std::optional<Finding> fd_leak(const Evidence& evidence);
std::optional<Finding> memory_growth(const Evidence& evidence);
std::optional<Finding> cut_short(const Evidence& evidence);
std::optional<Finding> nothing_finished(const Evidence& evidence);
std::optional<Finding> too_few_faults(const Evidence& evidence);
std::optional<Finding> external_kill(const Evidence& evidence);

std::string blindness_to_black_holes(const Evidence& evidence);
std::string blindness_to_unfairness(const Evidence& evidence);
std::string blindness_to_fd_leaks(const Evidence& evidence);
std::string blindness_to_memory_growth(const Evidence& evidence);

}  // namespace checkers
}  // namespace revenant::chaos
