#include "reports/src/gnuplot.h"

#include <dirent.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cstdlib>
#include <string>

#include "reports/test/scratch_folder.h"

namespace revenant::reports {
namespace {

class SavedPath {
 public:
  explicit SavedPath(const std::string& path) : before_(std::getenv("PATH")) {
    ::setenv("PATH", path.c_str(), 1);
  }
  SavedPath(const SavedPath&) = delete;
  SavedPath& operator=(const SavedPath&) = delete;
  ~SavedPath() { ::setenv("PATH", before_.c_str(), 1); }

 private:
  std::string before_;
};

// A program that stands in for gnuplot: a shell script of the test's own.
std::filesystem::path stand_in(const ScratchFolder& folder, const std::string& body) {
  const auto file = folder.write("bin/gnuplot", "#!/bin/sh\n" + body + "\n");
  ::chmod(file.c_str(), 0755);
  return file;
}

int open_descriptors() {
  int count = 0;
  DIR* folder = ::opendir("/proc/self/fd");
  while (::readdir(folder) != nullptr) ++count;
  ::closedir(folder);
  return count;
}

TEST(Gnuplot, IsFoundOnPathAndOnlyWhereItIsAProgram) {
  const ScratchFolder folder;
  const auto program = stand_in(folder, "exit 0");
  folder.write("empty/note", "");
  std::filesystem::create_directories(folder.path() / "trap" / "gnuplot");
  folder.write("unexecutable/gnuplot", "");
  const std::string base = folder.path().string();
  const SavedPath path(base + "/trap:" + base + "/unexecutable:" + base + "/empty:" + base +
                       "/bin");
  EXPECT_EQ(find_gnuplot(), program);
}

TEST(Gnuplot, IsNotFoundWherePathIsEmptyOrNamesTheCurrentFolder) {
  const ScratchFolder folder;
  stand_in(folder, "exit 0");
  const auto before = std::filesystem::current_path();
  std::filesystem::current_path(folder.path() / "bin");
  for (const char* path : {"", ":", "::/nonexistent:"}) {
    const SavedPath saved(path);
    EXPECT_EQ(find_gnuplot(), std::nullopt) << "PATH=" << path;
  }
  std::filesystem::current_path(before);
}

TEST(Gnuplot, GetsItsArgumentsAsTheyAreAndItsFolder) {
  const ScratchFolder folder;
  const auto program = stand_in(folder, "printf '%s\\n' \"$@\" > arguments; pwd >> arguments");
  const std::string hostile = "$(touch owned) `touch owned` ; touch owned '\"";
  EXPECT_EQ(run_gnuplot({.program = program,
                         .folder = folder.path(),
                         .script = "timeline.gp",
                         .arguments = {"a.svg", hostile}}),
            "");
  EXPECT_EQ(text_of(folder.path() / "arguments"),
            "-d\n-c\ntimeline.gp\na.svg\n" + hostile + "\n" + folder.path().string() + "\n");
  EXPECT_FALSE(std::filesystem::exists(folder.path() / "owned"));
}

TEST(Gnuplot, ThatFailsIsQuotedWithWhatItWrote) {
  const ScratchFolder folder;
  const auto program = stand_in(folder, "echo 'line 3: undefined' >&2; exit 2");
  EXPECT_EQ(
      run_gnuplot({.program = program, .folder = folder.path(), .script = "a.gp", .arguments = {}}),
      "gnuplot exited with 2 on a.gp: line 3: undefined\u240A");
}

TEST(Gnuplot, ThatIsKilledIsSaidToHaveBeen) {
  const ScratchFolder folder;
  const auto program = stand_in(folder, "kill -SEGV $$");
  EXPECT_EQ(
      run_gnuplot({.program = program, .folder = folder.path(), .script = "a.gp", .arguments = {}}),
      "gnuplot was ended by signal 11 on a.gp");
}

TEST(Gnuplot, ThatDoesNotFinishIsKilledAtTheLimitEvenWhileItWrites) {
  const ScratchFolder folder;
  for (const char* body : {"exec sleep 600", "while :; do echo more >&2; done"}) {
    const std::string problem = run_gnuplot({.program = stand_in(folder, body),
                                             .folder = folder.path(),
                                             .script = "a.gp",
                                             .arguments = {},
                                             .limit = std::chrono::milliseconds(200)});
    EXPECT_NE(problem.find("was killed"), std::string::npos) << problem;
  }
}

TEST(Gnuplot, ThatWritesWithoutEndIsQuotedOnlyInPart) {
  const ScratchFolder folder;
  const auto program = stand_in(folder, "head -c 300000 /dev/zero | tr '\\0' x >&2; exit 1");
  const std::string problem =
      run_gnuplot({.program = program, .folder = folder.path(), .script = "a.gp", .arguments = {}});
  EXPECT_NE(problem.find("exited with 1"), std::string::npos);
  EXPECT_LT(problem.size(), 5000u);
}

TEST(Gnuplot, ThatCannotBeStartedIsAProblemAndNoCrash) {
  EXPECT_NE(
      run_gnuplot({.program = "/nonexistent", .folder = "/", .script = "a.gp", .arguments = {}}),
      "");
  EXPECT_NE(
      run_gnuplot(
          {.program = "/bin/true", .folder = "/nonexistent", .script = "a.gp", .arguments = {}}),
      "");
}

TEST(Gnuplot, LeavesNoDescriptorBehind) {
  const ScratchFolder folder;
  const auto program = stand_in(folder, "exit 0");
  const int before = open_descriptors();
  for (int i = 0; i < 5; ++i) {
    run_gnuplot({.program = program, .folder = folder.path(), .script = "a.gp", .arguments = {}});
    run_gnuplot({.program = "/nonexistent", .folder = "/", .script = "a.gp", .arguments = {}});
  }
  EXPECT_EQ(open_descriptors(), before);
}

}  // namespace
}  // namespace revenant::reports
