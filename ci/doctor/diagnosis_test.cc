// `revenant doctor`: what it says of what it found, and that it finds what is certainly here.
#include "ci/doctor/diagnosis.h"

#include <gtest/gtest.h>
#include <sys/wait.h>

#include <algorithm>
#include <cerrno>

namespace revenant::ci {
namespace {

Capability good(std::string name) { return {.name = std::move(name), .serves = "the pool"}; }

Capability lacking(std::string name, Ability ability, bool is_essential) {
  return {.name = std::move(name),
          .ability = ability,
          .is_essential = is_essential,
          .serves = "the pool",
          .found = "ENOSYS",
          .cost = "time",
          .remedy = "a newer kernel"};
}

TEST(Diagnosis, OfAMachineThatCanAllIsOneLineEachAndASentence) {
  EXPECT_EQ(diagnosis_text({good("pidfd"), good("perf")}, false),
            "ok      pidfd the pool\n"
            "ok      perf  the pool\n"
            "\n"
            "Everything works here.\n");
  EXPECT_EQ(diagnosis_exit_code({good("pidfd")}), 0);
}

TEST(Diagnosis, SaysWhatALimitCostsAndWhatToDo) {
  const std::vector all{good("pidfd"), lacking("perf", Ability::missing, false)};
  EXPECT_EQ(diagnosis_text(all, false),
            "ok      pidfd the pool\n"
            "missing perf  the pool (ENOSYS)\n"
            "              costs: time\n"
            "              wants: a newer kernel\n"
            "\n"
            "The pool and the harness work here, at the costs above: perf.\n");
  EXPECT_EQ(diagnosis_exit_code(all), 0);
}

TEST(Diagnosis, IsUnknownWhereSomethingEssentialIsMissing) {
  const std::vector all{lacking("pidfd", Ability::missing, true), good("perf")};
  EXPECT_TRUE(diagnosis_text(all, false).ends_with("do not work here: pidfd.\n"));
  EXPECT_EQ(diagnosis_exit_code(all), 2);
  EXPECT_EQ(diagnosis_exit_code({lacking("/proc", Ability::limited, true)}), 0);
}

TEST(Diagnosis, IsColouredOnlyWhenAskedTo) {
  EXPECT_EQ(diagnosis_text({good("pidfd")}, false).find('\x1b'), std::string::npos);
  EXPECT_TRUE(diagnosis_text({good("pidfd")}, true).starts_with("\x1b[32mok"));
}

TEST(Diagnosis, AsJsonHasEveryCheck) {
  const std::string json = diagnosis_json({lacking("pidfd", Ability::missing, true)});
  EXPECT_NE(json.find("\"works\": false"), std::string::npos) << json;
  EXPECT_NE(json.find("\"state\": \"missing\""), std::string::npos) << json;
}

// These tests run where the pool is tested, so what it cannot do without is there.
TEST(Doctor, FindsWhatThePoolCannotDoWithoutAndLeavesNoChild) {
  const std::vector<Capability> pool = pool_capabilities();
  for (const char* name : {"pidfd", "/proc"}) {
    const auto found = std::ranges::find(pool, name, &Capability::name);
    ASSERT_NE(found, pool.end()) << name;
    EXPECT_NE(found->ability, Ability::missing) << name << ": " << found->found;
  }
  for (const Capability& it : harness_capabilities()) {
    EXPECT_EQ(it.ability == Ability::ok, it.cost.empty()) << it.name;
    EXPECT_EQ(it.ability == Ability::ok, it.remedy.empty()) << it.name;
  }
  EXPECT_EQ(::waitpid(-1, nullptr, WNOHANG), -1);
  EXPECT_EQ(errno, ECHILD);
}

}  // namespace
}  // namespace revenant::ci
