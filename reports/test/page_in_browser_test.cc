// The page as a browser lays it out. Slow, and skipped where chromium is not installed.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <string>
#include <vector>

#include "reports/src/child_program.h"
#include "reports/src/report.h"
#include "reports/test/scratch_folder.h"

namespace revenant::reports {
namespace {

namespace fs = std::filesystem;

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
  std::vector<char*> argv(words.size() + 1);
  std::ranges::transform(words, argv.begin(), [](std::string& word) { return word.data(); });
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

// The page itself has no script. Its copies here get one that tells what is wrong with them: what
// sticks out, what the keyboard does not reach, and text with less contrast than WCAG 2 AA demands.
constexpr const char* kMeasure = R"js(<script>
const root = document.documentElement, wrong = [];
const shown = e => e.getClientRects().length > 0 && e.getBoundingClientRect().width > 0;
const name = e => e.tagName + ' ' + (e.textContent || '').trim().slice(0, 30);

// Width: nothing stands out to the right, but what scrolls within its own frame.
for (const e of document.body.querySelectorAll('*')) {
  if (e.closest('.scroll') && !e.matches('.scroll')) continue;
  if (e.getBoundingClientRect().right > root.clientWidth + 1) wrong.push('outside: ' + name(e));
}
if (root.scrollWidth > root.clientWidth) wrong.push('the page scrolls sideways');

// Keyboard: every link, every detail and all that scrolls takes the focus, in the order of the page.
for (const e of document.querySelectorAll('*')) {
  const style = getComputedStyle(e);
  const scrolls = /auto|scroll/.test(style.overflowX + style.overflowY) &&
      (e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 1);
  if (!(e.matches('a[href], summary, [tabindex]') || scrolls) || !shown(e)) continue;
  e.focus();
  if (document.activeElement !== e || e.tabIndex !== 0) wrong.push('keyboard: ' + name(e));
}

// Contrast of each text with the nearest background above it; in a chart that of its card.
const parts = c => (c.match(/[0-9.]+/g) || []).map(Number);
const channel = v => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
const luminance = c => 0.2126 * channel(c[0]) + 0.7152 * channel(c[1]) + 0.0722 * channel(c[2]);
const behind = e => {
  for (; e; e = e.parentElement) {
    const c = parts(getComputedStyle(e).backgroundColor);
    if (c.length === 3 || c[3] > 0) return c;
  }
  return [255, 255, 255];
};
let texts = 0;
const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
for (let node = walker.nextNode(); node; node = walker.nextNode()) {
  const e = node.parentElement;
  if (!node.data.trim() || !shown(e) || e.closest('script, title, desc')) continue;
  const style = getComputedStyle(e), size = parseFloat(style.fontSize);
  const ink = parts(e.closest('svg') ? style.fill : style.color);
  const [low, high] = [luminance(ink), luminance(behind(e))].sort((a, b) => a - b);
  const large = size >= 24 || (size >= 18.66 && style.fontWeight >= 700);
  const ratio = (high + 0.05) / (low + 0.05);
  ++texts;
  if (ratio < (large ? 3 : 4.5)) wrong.push('contrast ' + ratio.toFixed(2) + ': ' + name(e));
}

const charts = [...document.querySelectorAll('figure svg')].filter(shown).length;
parent.postMessage([window.name, charts + ' charts, ' + (texts > 100 ? 'many' : texts) + ' texts',
                    ...wrong.slice(0, 5)].join('; '), '*');
</script></body>)js";

// Headless chromium has no window narrower than 500 pixels, so each view stands in a frame; all of
// them in one page, for chromium takes seconds to start.
struct View {
  const char* name;
  int width;
  const char* page;
};
constexpr View kViews[] = {{"390 light", 390, "light.html"},
                           {"390 dark", 390, "dark.html"},
                           {"800 light", 800, "light.html"},
                           {"1400 dark", 1400, "dark.html"}};

std::string page_of_frames() {
  std::string html =
      "<!DOCTYPE html><html><body><script>onmessage = e => { const told = "
      "document.createElement('pre'); told.textContent = e.data; document.body.append(told); "
      "};</script>";
  for (const View& view : kViews) {
    html += "<iframe name=\"" + std::string(view.name) + "\" width=\"" +
            std::to_string(view.width) + "\" height=\"800\" style=\"border:0\" src=\"" + view.page +
            "\"></iframe>";
  }
  return html + "</body></html>";
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.rfind(from);
  return at == text.npos ? std::string() : text.replace(at, from.size(), to);
}

std::string dom_of_all_views(const std::string& chromium) {
  const ScratchFolder folder;
  const fs::path golden = fs::path(REVENANT_REPORTS_TEST) / "golden";
  for (const char* name : {"run.json", "history.jsonl", "verdict.json"}) {
    folder.write(std::string("set/run/") + name, text_of(golden / name));
  }
  folder.write("set/run/target.stderr", std::string(2000, 'x'));
  folder.write(
      "set/scenario.json",
      R"({"verdict":"fail","reason":"FAIL  a run: lost < 0","scenario":"fire.toml","runs":[)"
      R"({"name":"a run","verdict":"fail","run_folder":"run","thresholds":[)"
      R"({"threshold":"lost == 0","says":"lost is 0","held":true},)"
      R"({"threshold":"full_capacity.max + first_result.p99 < 0.001 * task.max",)"
      R"("says":"full_capacity.max is 12.3 ms of 123: 12.3 against 0.1","held":false},)"
      R"({"threshold":"kills > 3","says":"kills was not measured","held":null}]}]})");
  const ReportResult result =
      make_report({.inputs = {folder.path() / "set", golden / "failing", golden / "bench.json",
                              golden / "curves.json"},
                   .out = folder.path() / "out"});
  const std::string html = replaced(text_of(result.page), "</body>", kMeasure);
  folder.write("light.html", html);
  folder.write("dark.html", replaced(html, "(prefers-color-scheme: dark)", "all"));
  return dom_of(chromium, folder, folder.write("frames.html", page_of_frames()));
}

// Two of the run that passed, two of the one that failed and its two moments, one of both, twelve
// of the benchmarks.
TEST(PageInBrowser, FitsItsWidthIsReachedByTheKeyboardAndHasContrastInBothSchemes) {
  const auto chromium = find_program("chromium");
  if (!chromium) GTEST_SKIP() << "chromium is not installed";
  if (!find_program("gnuplot")) GTEST_SKIP() << "gnuplot is not installed";
  const std::string dom = dom_of_all_views(chromium->string());
  for (const View& view : kViews) {
    EXPECT_NE(dom.find("<pre>" + std::string(view.name) + "; 19 charts, many texts</pre>"),
              std::string::npos)
        << view.name << ": " << dom.substr(std::min(dom.size(), dom.find("<pre>")), 1500);
  }
}

}  // namespace
}  // namespace revenant::reports
