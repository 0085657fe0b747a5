// The page as a browser lays it out. Slow, and skipped where chromium is not installed.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <spawn.h>
#include <sys/wait.h>

#include <cstdlib>
#include <sstream>

#include "reports/src/report.h"
#include "reports/test/scratch_folder.h"

extern char** environ;

namespace revenant::reports {
namespace {

namespace fs = std::filesystem;

std::string find_program(const std::string& name) {
  std::stringstream folders(std::getenv("PATH"));
  for (std::string folder; std::getline(folders, folder, ':');) {
    if (fs::exists(fs::path(folder) / name)) return fs::path(folder) / name;
  }
  return {};
}

// The DOM of the page after its scripts have run.
std::string dom_of(const std::string& chromium, const ScratchFolder& folder, const fs::path& page) {
  const fs::path out = folder.path() / "dom.html";
  std::vector<std::string> words = {chromium,
                                    "--headless",
                                    "--no-sandbox",
                                    "--disable-gpu",
                                    "--disable-quic",
                                    "--no-first-run",
                                    "--disable-background-networking",
                                    "--disable-component-update",
                                    "--disable-sync",
                                    "--hide-scrollbars",
                                    "--user-data-dir=" + (folder.path() / "profile").string(),
                                    "--window-size=1600,900",
                                    "--virtual-time-budget=10000",
                                    "--dump-dom",
                                    "file://" + page.string()};
  std::vector<char*> argv;
  for (std::string& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, 1, out.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
  pid_t pid = -1;
  const int error = posix_spawn(&pid, chromium.c_str(), &actions, nullptr, argv.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  int status = -1;
  if (error == 0) ::waitpid(pid, &status, 0);
  return status == 0 ? text_of(out) : "";
}

// The page itself has no script. Its copy here gets one that measures and tells what sticks out. It
// stands in a frame, because headless chromium has no window narrower than 500 pixels.
constexpr const char* kMeasure = R"js(<script>
const root = document.documentElement, outside = [];
for (const e of document.body.querySelectorAll('*')) {
  if (e.closest('.scroll') && !e.matches('.scroll')) continue;
  if (e.getBoundingClientRect().right > root.clientWidth + 1) outside.push(e.tagName);
}
const charts = [...document.querySelectorAll('figure svg')]
    .filter(e => e.getBoundingClientRect().width > 0);
parent.postMessage('width ' + root.clientWidth + ' scroll ' + root.scrollWidth + ' outside ' +
                   (outside.join(' ') || 'none') + ' charts ' + charts.length, '*');
</script></body>)js";

std::string frame_of(int width) {
  return "<!DOCTYPE html><html><body><pre id=\"measured\"></pre><script>onmessage = e => {"
         "document.getElementById('measured').textContent = e.data; }</script><iframe width=\"" +
         std::to_string(width) +
         "\" height=\"800\" style=\"border:0\" src=\"copy.html\"></iframe></body></html>";
}

std::string measured_at(int width) {
  const std::string chromium = find_program("chromium");
  const ScratchFolder folder;
  const fs::path golden = fs::path(REVENANT_REPORTS_TEST) / "golden";
  for (const char* name : {"run.json", "history.jsonl", "verdict.json"}) {
    folder.write(std::string("run/") + name, text_of(golden / name));
  }
  folder.write("run/target.stderr", std::string(2000, 'x'));
  const ReportResult result =
      make_report({.inputs = {folder.path() / "run", golden / "bench.json", golden / "curves.json"},
                   .out = folder.path() / "out"});
  std::string html = text_of(result.page);
  html.replace(html.rfind("</body>"), 7, kMeasure);
  folder.write("copy.html", html);
  const std::string dom = dom_of(chromium, folder, folder.write("frame.html", frame_of(width)));
  const std::size_t begin = dom.find("<pre id=\"measured\">");
  if (begin == std::string::npos) return "no measure in: " + dom.substr(0, 300);
  return dom.substr(begin + 19, dom.find("</pre>", begin) - begin - 19);
}

class PageInBrowser : public testing::TestWithParam<int> {};

TEST_P(PageInBrowser, FitsItsWidthAndShowsEachChartOnce) {
  if (find_program("chromium").empty()) GTEST_SKIP() << "chromium is not installed";
  if (find_program("gnuplot").empty()) GTEST_SKIP() << "gnuplot is not installed";
  const std::string width = std::to_string(GetParam());
  EXPECT_EQ(measured_at(GetParam()),
            "width " + width + " scroll " + width + " outside none charts 14");
}

INSTANTIATE_TEST_SUITE_P(At, PageInBrowser, testing::Values(390, 800, 1400),
                         [](const auto& width) { return std::to_string(width.param) + "Pixels"; });

}  // namespace
}  // namespace revenant::reports
