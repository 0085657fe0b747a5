// Commands that are run in turn, for real.
#include "reports/src/compare/paired.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <thread>

#include "reports/src/input_error.h"
#include "reports/test/scratch_folder.h"

namespace revenant::reports::compare {
namespace {

using std::chrono::seconds;

// A benchmark whose result is what the test says, with some noise from the counter in `folder`.
std::string bench_command(const std::string& folder, double per_second) {
  return "cd " + folder + "; echo x >> count; n=$(($(wc -l < count) * 7 % 10)); " +
         R"(echo '{"benchmarks":[{"name":"b","real_time":1,"items_per_second":)" +
         std::to_string(static_cast<int>(per_second)) + "'\"$n\"'}]}'";
}

bool is_alive(pid_t pid) { return ::kill(pid, 0) == 0; }

pid_t pid_in(const std::filesystem::path& file) {
  const std::string text = text_of(file);
  return text.empty() || text.back() != '\n' ? -1 : std::stoi(text);
}

TEST(Paired, BenchmarksThatArePrintedOrInAFileAreComparedUntilTheAnswerIsKnown) {
  const ScratchFolder scratch;
  const std::string folder = scratch.path();
  PairedRequest request;
  request.a = bench_command(folder, 100);
  request.b = "(" + bench_command(folder, 80) + ") > {out}; echo no JSON";
  request.time = seconds(100);
  request.gates = {parse_gate("* > 0.5")};
  const PairedResult result = run_paired(request);
  EXPECT_EQ(result.end, SeriesEnd::answered);
  EXPECT_EQ(result.blocks, 8u);  // the first look that can show anything
  ASSERT_EQ(result.rows.size(), 1u);
  EXPECT_EQ(result.rows[0].name, "b/items_per_second");
  EXPECT_EQ(result.rows[0].answer, Answer::slower);
  EXPECT_NEAR(result.rows[0].ratio, 0.8, 0.02);
  EXPECT_EQ(result.gates.at(0).outcome, GateOutcome::held);
}

TEST(Paired, ACommandThatFailsIsNamedWithWhatItSaid) {
  PairedRequest request;
  request.a = "echo no such pool >&2; exit 7";
  request.b = "true";
  try {
    run_paired(request);
    FAIL();
  } catch (const InputError& error) {
    EXPECT_STREQ(error.what(),
                 "the command `echo no such pool >&2; exit 7`: exited with 7: no such pool");
  }
}

TEST(Paired, CommandsWithoutACommonFigureAreRefused) {
  const ScratchFolder scratch;
  PairedRequest request;
  request.a = bench_command(scratch.path(), 100);
  request.b = "true";
  EXPECT_THROW(run_paired(request), InputError);
}

TEST(Paired, WhenTheTimeIsUpTheCommandAndItsChildrenAreGone) {
  const ScratchFolder scratch;
  const auto file = scratch.path() / "pid";
  PairedRequest request;
  request.a = "sleep 1000 & echo $! > " + file.string() + "; wait";
  request.b = "true";
  request.time = std::chrono::milliseconds(300);
  const PairedResult result = run_paired(request);
  EXPECT_EQ(result.end, SeriesEnd::out_of_time);
  EXPECT_TRUE(result.rows.empty());
  const pid_t child = pid_in(file);
  ASSERT_GT(child, 0);
  EXPECT_FALSE(is_alive(child));
}

TEST(Paired, AStragglerInTheBackgroundDoesNotRunIntoTheNextMeasurement) {
  const ScratchFolder scratch;
  const auto file = scratch.path() / "pid";
  PairedRequest request;
  request.a = "sleep 1000 & echo $! > " + file.string();
  request.b = "kill -0 $(cat " + file.string() + ") && exit 8; exit 9";
  try {
    run_paired(request);
    FAIL();
  } catch (const InputError& error) {
    EXPECT_NE(std::string(error.what()).find("exited with 9"), std::string::npos) << error.what();
  }
}

TEST(Paired, AnInterruptEndsTheSeriesWithWhatItHas) {
  const ScratchFolder scratch;
  const auto file = scratch.path() / "pid";
  const pid_t series = ::fork();
  ASSERT_GE(series, 0);
  if (series == 0) {
    PairedRequest request;
    request.a = "true";
    // The sixth run of it does not end: one has warmed up, two are a block.
    request.b = "cd " + scratch.path().string() +
                "; echo x >> n; [ $(wc -l < n) -lt 6 ] || { sleep 1000 & echo $! > pid; wait; }";
    request.time = seconds(1000);
    const PairedResult result = run_paired(request);
    ::_exit(result.end == SeriesEnd::interrupted && result.blocks == 2 ? 0 : 1);
  }
  const auto limit = Clock::now() + seconds(60);
  while (pid_in(file) < 0 && Clock::now() < limit) std::this_thread::yield();
  ASSERT_GT(pid_in(file), 0);
  ::kill(series, SIGINT);
  int status = -1;
  ASSERT_EQ(::waitpid(series, &status, 0), series);
  EXPECT_EQ(status, 0);
  EXPECT_FALSE(is_alive(pid_in(file)));
}

}  // namespace
}  // namespace revenant::reports::compare
