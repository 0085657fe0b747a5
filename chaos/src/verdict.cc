#include "revenant/chaos/verdict.h"

#include <array>

#include "chaos/src/verdict.h"

namespace revenant::chaos {

std::string_view to_string(Ruling ruling) noexcept {
  switch (ruling) {
    case Ruling::pass:
      return "pass";
    case Ruling::unknown:
      return "unknown";
    case Ruling::fail:
      return "fail";
  }
  return "?";
}

std::string_view to_string(Claim claim) noexcept {
  switch (claim) {
    case Claim::observe:
      return "observe";
    case Claim::reports:
      return "reports";
    case Claim::contains:
      return "contains";
    case Claim::completes:
      return "completes";
  }
  return "?";
}

std::optional<Claim> claim_named(std::string_view name) noexcept {
  for (const Claim claim : {Claim::observe, Claim::reports, Claim::contains, Claim::completes}) {
    if (to_string(claim) == name) return claim;
  }
  return std::nullopt;
}

std::string_view to_string(FindingKind kind) noexcept {
  switch (kind) {
    case FindingKind::target_crashed:
      return "target-crashed";
    case FindingKind::stalled:
      return "stalled";
    case FindingKind::lost:
      return "lost";
    case FindingKind::duplicated:
      return "duplicated";
    case FindingKind::corrupted:
      return "corrupted";
    case FindingKind::unexpected:
      return "unexpected";
    case FindingKind::failed:
      return "failed";
    case FindingKind::innocent_failed:
      return "innocent-failed";
    case FindingKind::shrunk:
      return "shrunk";
    case FindingKind::slow_recovery:
      return "slow-recovery";
    case FindingKind::orphan:
      return "orphan";
    case FindingKind::zombie:
      return "zombie";
    case FindingKind::unreadable:
      return "unreadable";
    case FindingKind::poison:
      return "poison";
    case FindingKind::black_hole:
      return "black-hole";
    case FindingKind::executions:
      return "executions";
    case FindingKind::unfair:
      return "unfair";
    case FindingKind::fd_leak:
      return "fd-leak";
    case FindingKind::memory_growth:
      return "memory-growth";
    case FindingKind::cut_short:
      return "cut-short";
    case FindingKind::nothing_finished:
      return "nothing-finished";
    case FindingKind::too_few_faults:
      return "too-few-faults";
    case FindingKind::external_kill:
      return "external-kill";
    case FindingKind::checker_error:
      return "checker-error";
  }
  return "?";
}

Ruling ruling_of(FindingKind kind) noexcept {
  switch (kind) {
    case FindingKind::target_crashed:
    case FindingKind::stalled:
    case FindingKind::lost:
    case FindingKind::duplicated:
    case FindingKind::corrupted:
    case FindingKind::unexpected:
    case FindingKind::failed:
    case FindingKind::innocent_failed:
    case FindingKind::shrunk:
    case FindingKind::slow_recovery:
    case FindingKind::orphan:
    case FindingKind::zombie:
    case FindingKind::unreadable:
    case FindingKind::poison:
    case FindingKind::black_hole:
    case FindingKind::executions:
    case FindingKind::unfair:
    case FindingKind::fd_leak:
    case FindingKind::memory_growth:
      return Ruling::fail;
    case FindingKind::cut_short:
    case FindingKind::nothing_finished:
    case FindingKind::too_few_faults:
    case FindingKind::external_kill:
    case FindingKind::checker_error:
      return Ruling::unknown;
  }
  return Ruling::unknown;
}

int exit_code_of(Ruling ruling) noexcept {
  switch (ruling) {
    case Ruling::pass:
      return 0;
    case Ruling::fail:
      return 1;
    case Ruling::unknown:
      return 2;
  }
  return 4;
}

}  // namespace revenant::chaos
