#include "chaos/src/checkers/claims.h"

#include <gtest/gtest.h>

#include <vector>

#include "chaos/src/checkers/checkers.h"
#include "chaos/src/checkers/precedence.h"

namespace revenant::chaos {
namespace {

TEST(Claims, EachDemandsAllThatTheWeakerDemand) {
  constexpr Claim kWeakestFirst[] = {Claim::observe, Claim::reports, Claim::contains,
                                     Claim::completes};
  for (std::size_t i = 1; i < std::size(kWeakestFirst); ++i) {
    for (const FindingKind kind : kFindingKinds) {
      // Every innocent that fails is a task that fails.
      const FindingKind stronger =
          kind == FindingKind::innocent_failed && kWeakestFirst[i] == Claim::completes
              ? FindingKind::failed
              : kind;
      if (demands(kWeakestFirst[i - 1], kind)) {
        EXPECT_TRUE(demands(kWeakestFirst[i], stronger)) << to_string(kind);
      }
    }
  }
}

TEST(Claims, NoneAcceptsARunThatProvesNothing) {
  for (const FindingKind kind : kFindingKinds) {
    if (ruling_of(kind) == Ruling::unknown) {
      EXPECT_TRUE(demands(Claim::observe, kind)) << to_string(kind);
    }
  }
}

TEST(Claims, AreKnownByTheirNames) {
  EXPECT_EQ(claim_named("contains"), Claim::contains);
  EXPECT_EQ(claim_named("Contains"), std::nullopt);
  EXPECT_EQ(claim_named(""), std::nullopt);
}

TEST(Precedence, NeverRunsInACircleSoThatSomeFindingAlwaysRemains) {
  // Depth first from every kind; a kind that is met again on its own path would be a circle.
  std::vector<FindingKind> path;
  const auto visit = [&](auto& self, FindingKind kind) -> void {
    for (const FindingKind on_path : path) ASSERT_NE(on_path, kind) << to_string(kind);
    path.push_back(kind);
    for (const FindingKind next : kFindingKinds) {
      if (explains(kind, next)) self(self, next);
    }
    path.pop_back();
  };
  for (const FindingKind kind : kFindingKinds) visit(visit, kind);
}

TEST(Precedence, NeverTurnsAFailureIntoSomethingMilder) {
  for (const FindingKind cause : kFindingKinds) {
    for (const FindingKind consequence : kFindingKinds) {
      if (!explains(cause, consequence)) continue;
      EXPECT_GE(ruling_of(cause), ruling_of(consequence))
          << to_string(cause) << " explains " << to_string(consequence);
    }
  }
}

TEST(Precedence, KeepsTheCauseAndDropsItsConsequences) {
  std::vector<Finding> findings = {{.kind = FindingKind::target_crashed},
                                   {.kind = FindingKind::duplicated},
                                   {.kind = FindingKind::too_few_faults}};
  remove_consequences(findings);
  ASSERT_EQ(findings.size(), 2u);
  EXPECT_EQ(findings[0].kind, FindingKind::target_crashed);
  EXPECT_EQ(findings[1].kind, FindingKind::duplicated);
}

TEST(Checkers, AreOneForEachKindInItsOrder) {
  const auto checkers = all_checkers();
  ASSERT_EQ(checkers.size() + 1, kFindingKinds.size());
  for (std::size_t i = 0; i < checkers.size(); ++i) EXPECT_EQ(checkers[i].kind, kFindingKinds[i]);
}

}  // namespace
}  // namespace revenant::chaos
