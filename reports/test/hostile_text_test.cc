// Names that would run something at each place where a report puts them, if they could.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "reports/src/gnuplot.h"
#include "reports/src/report.h"
#include "reports/test/page_check.h"
#include "reports/test/scratch_folder.h"

namespace revenant::reports {
namespace {

using nlohmann::json;

// Each makes the file `owned` where a part of it is executed, or an element where it is markup. The
// dangerous parts stand within the 60 bytes that a chart shows of a name.
std::vector<std::string> hostile_words() {
  return {
      "`touch owned` $(touch owned) @ARG1 {/Symbol x} %s\\n",
      "\"; system(\"touch owned\"); '; system('touch owned'); print '",
      "\"\n!touch owned\n\"\tplot '< touch owned'\t",
      "</title></style></pre><script>alert(1)</script><img src=x onerror=alert(1)>",
      "\" onmouseover=\"alert(1)\" x='{{{style}}} {{>run}} ]]> <!-- &amp; \u202Edrawkcab\u202C",
  };
}

bool is_owned(const std::filesystem::path& folder) {
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.path().filename() == "owned") return true;
  }
  return std::filesystem::exists("owned");
}

std::string line(const json& event) { return event.dump() + "\n"; }

void write_hostile_run(const ScratchFolder& folder, const std::string& word) {
  json verdict = {{"verdict", "fail"}, {"claim", word},      {"seed", word},
                  {"reproduce", word}, {"confidence", word}, {"warnings", {word}}};
  verdict["findings"] = {{{"kind", word},
                          {"count", 1},
                          {"examples", {word, 7}},
                          {"explanation", word},
                          {"details", {word}}}};
  folder.write("run/verdict.json", verdict.dump());
  folder.write("run/run.json", json({{"name", word},
                                     {"started", word},
                                     {"revenant", word},
                                     {"command_line", {"revenant", word}},
                                     {"options", {{word, word}}},
                                     {"machine", {{"kernel", word}, {"cpu", word}}}})
                                   .dump());
  std::string history = line({{"t", 0}, {"e", "ready"}, {"name", word}});
  history += line({{"t", 1}, {"e", "phase"}, {"phase", word}});
  history += line({{"t", 1}, {"e", "phase"}, {"phase", "chaos"}});
  history += line({{"t", 1}, {"e", "worker_seen"}, {"pid", 5}, {"at", 1}});
  history += line({{"t", 2}, {"e", "task"}, {"id", 1}});
  history += line({{"t", 3}, {"e", "unreadable"}, {"line", 1}, {"why", word}, {"sample", word}});
  for (const char* state : {"installed", "skipped"}) {
    history += line({{"t", 2'000'000},
                     {"e", "fault"},
                     {"fault", word},
                     {"state", state},
                     {"victim", 5},
                     {"planned", 1},
                     {"sent", 1'000'000},
                     {"seen", 1'500'000}});
  }
  history += line({{"t", 3'000'000}, {"e", "result"}, {"id", 1}, {"attempts", 2}});
  history += line({{"t", 900'000'000}, {"e", "end"}, {"why", word}});
  folder.write("run/history.jsonl", history);
  folder.write("run/target.stderr", word + "\x1B[31m\xFF\n");
}

void write_hostile_bench(const ScratchFolder& folder, const std::string& word) {
  json rows = json::array();
  for (const std::string& name : {word, "floor/" + word, "floor/" + word + "/payload:64"}) {
    rows.push_back({{"name", name},
                    {"run_name", name},
                    {"real_time", 1.0},
                    {"time_unit", "us"},
                    {"items_per_second", 5.0}});
  }
  rows.push_back({{"name", "floor/" + word + "x"}, {"p50", 1}, {"p90", 2}, {"p99", 3}, {"max", 4}});
  rows.push_back({{"name", "broken"}, {"error_occurred", true}, {"error_message", word}});
  rows.push_back({{"name", "throughput/noop/workers:1/payload:64"}, {"items_per_second", 9.0}});
  const json file = {{"context", {{word, word}}}, {"benchmarks", rows}};
  folder.write("bench.json", file.dump());
}

// The run stands in it twice, so that the runs have charts of their own side by side.
void write_hostile_scenario(const ScratchFolder& folder, const std::string& word) {
  const json thresholds = {{{"threshold", word}, {"says", word}, {"held", false}, {"place", word}}};
  json runs = json::array();
  for (const char* name : {"run", "run", "bench.json"}) {
    runs.push_back(
        {{"name", word}, {"verdict", "fail"}, {"run_folder", name}, {"thresholds", thresholds}});
  }
  runs.push_back({{"name", word}, {"verdict", word}, {"run_folder", "../" + word}});
  const json file = {
      {"verdict", "fail"}, {"reason", word}, {"scenario", word + ".toml"}, {"runs", runs}};
  folder.write("scenario.json", file.dump());
}

// The control: if this did not make the file, the tests below would prove nothing.
TEST(HostileText, WouldBeExecutedByGnuplotInsideDoubleQuotes) {
  const auto gnuplot = find_gnuplot();
  if (!gnuplot) GTEST_SKIP() << "gnuplot is not installed";
  const ScratchFolder folder;
  folder.write("control.gp", "x = \"" + hostile_words().front() + "\"\n");
  EXPECT_EQ(
      run_gnuplot(
          {.program = *gnuplot, .folder = folder.path(), .script = "control.gp", .arguments = {}}),
      "");
  EXPECT_TRUE(is_owned(folder.path()));
}

TEST(HostileText, IsShownAndNeverExecutedOrMarkup) {
  for (const std::string& word : hostile_words()) {
    SCOPED_TRACE(word);
    const ScratchFolder folder;
    write_hostile_run(folder, word);
    write_hostile_bench(folder, word);
    write_hostile_scenario(folder, word);
    const ReportResult result =
        make_report({.inputs = {folder.path()}, .out = folder.path() / "out"});
    if (find_gnuplot()) {
      EXPECT_EQ(result.problems.size(), 1u) << "of the run that is not there";
    }
    EXPECT_FALSE(is_owned(folder.path()));
    const PageCheck page(text_of(result.page));
    const std::string seen = word.substr(0, word.find_first_of("\n\t\u202E\u202C"));
    EXPECT_NE(page.text().find(seen), std::string::npos) << "the reader does not see it";
    for (const auto& entry :
         std::filesystem::recursive_directory_iterator(folder.path() / "out" / "charts")) {
      if (entry.path().extension() != ".svg") continue;
      pugi::xml_document svg;
      EXPECT_TRUE(svg.load_file(entry.path().c_str())) << entry.path();
      EXPECT_TRUE(svg.select_nodes("//script | //image | //a").empty()) << entry.path();
    }
  }
}

}  // namespace
}  // namespace revenant::reports
