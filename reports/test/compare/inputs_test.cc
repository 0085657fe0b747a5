#include "reports/src/compare/inputs.h"

#include <gtest/gtest.h>

#include "reports/src/input_error.h"
#include "reports/test/scratch_folder.h"

namespace revenant::reports::compare {
namespace {

namespace fs = std::filesystem;

Samples rate(std::vector<double> values) {
  return {Better::more, Unit::per_second, std::move(values)};
}

std::string verdict(double p50, double chaos_per_s) {
  return R"({"verdict":"pass","recovery_us":{"task":{"n":9,"p50":)" + std::to_string(p50) +
         R"(,"p90":9,"p99":9,"max":9}},"throughput_per_s":{"chaos":)" +
         std::to_string(chaos_per_s) + "}}";
}

std::string bench(const std::string& name, double time) {
  return R"({"benchmarks":[{"name":")" + name + R"(","time_unit":"us","real_time":)" +
         std::to_string(time) + "}]}";
}

Inputs read(const std::vector<fs::path>& a, const std::vector<fs::path>& b) {
  return read_inputs(a, b, {}, {});
}

TEST(Inputs, OnlyFiguresOfBothSidesAreComparedAndTheOthersNamed) {
  Side a;
  Side b;
  a.figures = {{"x/r", rate({1, 2})}, {"y/r", rate({1})}, {"z/r", rate({1})}};
  b.figures = {{"x/r", rate({3})}, {"w/r", rate({1})}};
  b.spoiled = {{"z", "ended in an error"}};
  const Inputs inputs = pair_up(a, b, "A", "B", {});
  ASSERT_EQ(inputs.figures.size(), 1u);
  EXPECT_EQ(inputs.figures[0].a, (std::vector<double>{1, 2}));
  ASSERT_EQ(inputs.left_out.size(), 3u);
  EXPECT_EQ(inputs.left_out[0].name + " " + inputs.left_out[0].why, "y/r is missing (B)");
  EXPECT_EQ(inputs.left_out[1].name + " " + inputs.left_out[1].why, "z/r ended in an error (B)");
  EXPECT_EQ(inputs.left_out[2].name + " " + inputs.left_out[2].why, "w/r is missing (A)");
  EXPECT_EQ(pair_up(a, b, "A", "B", {"x/*"}).left_out.size(), 0u);
}

TEST(Inputs, NoCommonFigureIsRefused) {
  const ScratchFolder scratch;
  const auto a = scratch.write("a.json", bench("one", 1));
  const auto b = scratch.write("b.json", bench("other", 1));
  EXPECT_THROW(read({a}, {b}), InputError);
}

TEST(Inputs, ZeroHasNoRatioAndIsRefusedWhereNothingElseIsLeft) {
  const ScratchFolder scratch;
  const auto a = scratch.write("a.json", bench("one", 0));
  try {
    read({a}, {a});
    FAIL();
  } catch (const InputError& error) {
    EXPECT_NE(std::string(error.what()).find("one/real_time is 0 or less in 1 of 1 samples"),
              std::string::npos)
        << error.what();
  }
}

TEST(Inputs, SeveralRunFoldersASideAreASampleEach) {
  const ScratchFolder scratch;
  scratch.write("a/1/verdict.json", verdict(100, 5000));
  scratch.write("a/2/verdict.json", verdict(110, 5100));
  scratch.write("b/1/verdict.json", verdict(120, 5200));
  fs::create_directory_symlink("1", scratch.path() / "a/latest");  // counted once
  const auto a = inputs_of(scratch.path() / "a");
  ASSERT_EQ(a.size(), 2u);
  const Inputs inputs = read(a, inputs_of(scratch.path() / "b"));
  ASSERT_EQ(inputs.figures.size(), 2u);
  EXPECT_EQ(inputs.figures[0].name, "recovery/task");
  EXPECT_EQ(inputs.figures[0].a, (std::vector<double>{100, 110}));
  EXPECT_EQ(inputs.figures[1].name, "throughput/chaos");
  EXPECT_EQ(inputs.figures[1].b, (std::vector<double>{5200}));
  EXPECT_EQ(inputs.figures[1].better, Better::more);
}

TEST(Inputs, ScenariosAreComparedRunByRun) {
  const ScratchFolder scratch;
  for (const std::string side : {"a", "b"}) {
    scratch.write(side + "/1-one/verdict.json", verdict(100, 5000));
    scratch.write(side + "/2-four/verdict.json", verdict(50, 20'000));
    scratch.write(side + "/3-bench.json", bench("noop", 7));
    scratch.write(side + "/scenario.json",
                  R"({"verdict":"pass","runs":[{"name":"one","run_folder":"x/1-one"},)"
                  R"({"name":"four","run_folder":"x/2-four"},{"name":"gone","run_folder":"x/4"},)"
                  R"({"name":"bench","run_folder":"x/3-bench.json"}]})");
  }
  const auto a = inputs_of(scratch.path() / "a");
  ASSERT_EQ(a.size(), 1u) << "its runs are no repetitions of each other";
  const Inputs inputs = read(a, inputs_of(scratch.path() / "b"));
  std::vector<std::string> names;
  for (const Figure& figure : inputs.figures) names.push_back(figure.name);
  EXPECT_EQ(names, (std::vector<std::string>{"bench/noop/real_time", "four/recovery/task",
                                             "four/throughput/chaos", "one/recovery/task",
                                             "one/throughput/chaos"}));
  EXPECT_EQ(inputs.figures[1].a, std::vector<double>{50});
  ASSERT_EQ(inputs.left_out.size(), 1u);
  EXPECT_EQ(inputs.left_out[0].name, "gone");
}

TEST(Inputs, AFolderStandsForTheFilesInIt) {
  const ScratchFolder scratch;
  scratch.write("results/2.json", bench("one", 2));
  scratch.write("results/1.json", bench("one", 1));
  scratch.write("results/notes.txt", "");
  EXPECT_EQ(inputs_of(scratch.path() / "results").size(), 2u);
  EXPECT_EQ(inputs_of("missing.json").size(), 1u);
  scratch.write("empty/notes.txt", "");
  EXPECT_THROW(inputs_of(scratch.path() / "empty"), InputError);
}

}  // namespace
}  // namespace revenant::reports::compare
