#include "reports/src/recovery_samples.h"

#include <gtest/gtest.h>

#include "reports/src/run_folder.h"
#include "reports/test/scratch_folder.h"

namespace revenant::reports {
namespace {

RecoverySamples samples_of(const std::string& history) {
  const ScratchFolder folder;
  const auto path = folder.write("history.jsonl", history);
  Deaths deaths;
  read_history(path, [&](const HistoryEvent& event) { deaths.take(event); });
  return recovery_samples(deaths, path);
}

std::vector<double> stage(const RecoverySamples& samples, const std::string& name) {
  for (const RecoverySeries& series : samples) {
    if (series.name == name) return series.times_us;
  }
  return {};
}

std::string small_history() {
  return text_of(std::filesystem::path(REVENANT_REPORTS_TEST) / "golden" / "history.jsonl");
}

using Times = std::vector<double>;

TEST(RecoverySamples, AreThoseOfASmallHistoryCountedByHand) {
  const RecoverySamples samples = samples_of(small_history());
  EXPECT_EQ(stage(samples, "detect"), (Times{200, 500}));
  EXPECT_EQ(stage(samples, "respawn"), (Times{1000, 2000}));
  // The second kill found nothing open: counted from the next submission, at 95 ms.
  EXPECT_EQ(stage(samples, "first_result"), (Times{3000, 9000}));
  EXPECT_EQ(stage(samples, "task"), (Times{9000}));
}

TEST(RecoverySamples, DoNotWaitForATaskThatIsNeverAnswered) {
  const RecoverySamples samples = samples_of(
      "{\"t\":0,\"e\":\"phase\",\"phase\":\"chaos\"}\n"
      "{\"t\":1000,\"e\":\"task\",\"id\":1}\n"
      "{\"t\":5000,\"e\":\"fault\",\"fault\":\"kill\",\"state\":\"installed\",\"victim\":9,"
      "\"sent\":4000,\"seen\":5000}\n"
      "{\"t\":9000,\"e\":\"task\",\"id\":2}\n"
      "{\"t\":11000,\"e\":\"result\",\"id\":2,\"attempts\":1}\n");
  EXPECT_EQ(stage(samples, "first_result"), (Times{2}));
}

TEST(RecoverySamples, CountAPlaceThatASpareHadTakenAsFilledAtOnce) {
  const RecoverySamples samples = samples_of(
      "{\"t\":0,\"e\":\"worker_seen\",\"pid\":1,\"at\":0}\n"
      "{\"t\":1,\"e\":\"phase\",\"phase\":\"chaos\"}\n"
      "{\"t\":5000,\"e\":\"worker_seen\",\"pid\":2,\"at\":5000}\n"
      "{\"t\":7000,\"e\":\"worker_gone\",\"pid\":1,\"at\":7000,\"because\":\"injected\"}\n"
      "{\"t\":7000,\"e\":\"fault\",\"fault\":\"kill\",\"state\":\"installed\",\"victim\":1,"
      "\"sent\":4000,\"seen\":7000}\n"
      "{\"t\":9000,\"e\":\"end\",\"why\":\"\"}\n");
  EXPECT_EQ(stage(samples, "respawn"), (Times{0}));
}

TEST(RecoverySamples, LeaveOutStopsAndFaultsThatWereNotInstalled) {
  EXPECT_TRUE(
      samples_of(
          "{\"t\":0,\"e\":\"phase\",\"phase\":\"chaos\"}\n"
          "{\"t\":9,\"e\":\"fault\",\"fault\":\"stop\",\"state\":\"installed\",\"victim\":1,"
          "\"sent\":4,\"seen\":7,\"ended\":8}\n"
          "{\"t\":9,\"e\":\"fault\",\"fault\":\"kill\",\"state\":\"skipped\",\"victim\":-1}\n"
          "{\"t\":10,\"e\":\"task\",\"id\":2}\n"
          "{\"t\":11,\"e\":\"result\",\"id\":2,\"attempts\":1}\n")
          .empty());
}

TEST(Quantile, IsAMeasuredValueOfRankCeiling) {
  const Times ten = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
  EXPECT_EQ(quantile(ten, 0.5), 5);
  EXPECT_EQ(quantile(ten, 0.9), 9);
  EXPECT_EQ(quantile(ten, 0.99), 10);
  EXPECT_EQ(quantile({3}, 0.5), 3);
}

TEST(RunFolder, SaysSoWhereTheHistoryAndTheVerdictDisagree) {
  const auto golden = std::filesystem::path(REVENANT_REPORTS_TEST) / "golden";
  EXPECT_TRUE(read_run_folder(golden).notes.empty());

  const ScratchFolder folder;
  std::string verdict = text_of(golden / "verdict.json");
  const std::string right = "\"task\":{\"n\":1,\"p50\":9000";
  verdict.replace(verdict.find(right), right.size(), "\"task\":{\"n\":1,\"p50\":8000");
  folder.write("run.json", text_of(golden / "run.json"));
  folder.write("history.jsonl", text_of(golden / "history.jsonl"));
  folder.write("verdict.json", verdict);
  const RunFolder run = read_run_folder(folder.path());
  ASSERT_EQ(run.notes.size(), 1u);
  EXPECT_NE(run.notes[0].find("For task the chart"), std::string::npos);
}

// The judge's figures and the chart's come from different code; a real run holds them together.
TEST(Sample, HasTheSameRecoveryTimesInItsHistoryAsInItsVerdict) {
  const RunFolder run =
      read_run_folder(std::filesystem::path(REVENANT_REPORTS_TEST) / ".." / "sample");
  EXPECT_EQ(run.notes, std::vector<std::string>{});
  ASSERT_TRUE(run.verdict);
  std::size_t stages = 0;
  for (const auto& [stage, quoted] : run.verdict->recovery_us) {
    for (const RecoverySeries& series : run.recovery) {
      if (series.name != stage) continue;
      ++stages;
      EXPECT_EQ(series.times_us.size(), quoted.n) << stage;
      EXPECT_NEAR(quantile(series.times_us, 0.9), quoted.p90, 0.001) << stage;
      EXPECT_NEAR(series.times_us.back(), quoted.max, 0.001) << stage;
    }
  }
  EXPECT_EQ(stages, 4u) << "detect, respawn, first_result, task";
}

}  // namespace
}  // namespace revenant::reports
