// Which adapters there are, and which can be run.
#include "chaos/src/matrix/adapter.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <stdexcept>

#include "chaos/src/child_output.h"
#include "chaos/test/run/scratch_folder.h"

namespace revenant::chaos {
namespace {

namespace fs = std::filesystem;

void add_program(const std::string& folder, const std::string& script) {
  fs::create_directories(folder);
  std::ofstream(folder + "/pool.sh") << "#!/bin/sh\n" << script << '\n';
  fs::permissions(folder + "/pool.sh", fs::perms::owner_all);
}

TEST(Adapters, AreTheFoldersThatHoldAPoolBesideThisProjectsOwn) {
  const ScratchFolder folder;
  add_program(folder.path() + "/good", "echo a pool 1.0");
  add_program(folder.path() + "/broken", "echo no runtime here >&2; exit 1");
  fs::create_directories(folder.path() + "/protocol");
  const auto found = find_adapters(folder.path(), "/self", {});
  ASSERT_EQ(found.size(), 3u);
  EXPECT_EQ(found[0].name, "revenant");
  EXPECT_EQ(found[0].command.front(), "/self");
  EXPECT_EQ(found[1].name, "broken");
  EXPECT_EQ(found[1].absent, "no runtime here");
  EXPECT_EQ(found[2].version, "a pool 1.0");
  EXPECT_EQ(found[2].absent, "");
}

TEST(Adapters, AreSelectedByNameAndAnUnknownNameIsRefused) {
  const ScratchFolder folder;
  add_program(folder.path() + "/good", "echo a pool 1.0");
  const auto found = find_adapters(folder.path(), "/self", {"good"});
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found.front().name, "good");
  EXPECT_THROW(static_cast<void>(find_adapters(folder.path(), "/self", {"god"})),
               std::invalid_argument);
}

TEST(ChildOutput, KeepsBothStreamsAndTheExitCode) {
  const auto output = run_child({"sh", "-c", "echo out; echo err >&2; exit 7"});
  EXPECT_EQ(output.exit_code, 7);
  EXPECT_EQ(output.standard_output, "out\n");
  EXPECT_EQ(output.standard_error, "err\n");
  EXPECT_EQ(run_child({"sh", "-c", "kill -9 $$"}).exit_code, 128 + 9);
  EXPECT_EQ(run_child({"/no/such/program"}).exit_code, 127);
}

}  // namespace
}  // namespace revenant::chaos
