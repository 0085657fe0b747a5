#include "bench/src/peers/peers_table.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <set>
#include <string_view>

#include "bench/src/peers/arms.h"

namespace revenant::bench::peers {
namespace {

constexpr std::size_t kTitleWidth = 38;
constexpr std::size_t kCellWidth = 30;

std::string padded(std::string text, std::size_t width) {
  text.resize(std::max(width, text.size()), ' ');
  return text;
}

std::string print(const char* format, double number, const char* unit = "") {
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), format, number, unit);
  return text.data();
}

// Three digits, as far as a rate deserves them.
std::string rate(double per_second) {
  if (per_second >= 1e6) return print("%.2f M", per_second / 1e6);
  if (per_second >= 1e4) return print("%.0f k", per_second / 1e3);
  if (per_second >= 1e3) return print("%.1f k", per_second / 1e3);
  return print("%.0f", per_second);
}

std::string times(double ratio) { return print(ratio < 10 ? "%.2f" : "%.0f", ratio); }

std::string cell(const Comparison& comparison) {
  if (!comparison.error.empty()) return "error";
  std::string text = padded(rate(comparison.tasks_per_second.median), 8);
  if (comparison.arm == comparison.own_arm) return text;
  const Estimate& ratio = comparison.ratio;
  return text + times(ratio.median) + " x [" + times(ratio.low) + ", " + times(ratio.high) + "]";
}

std::string_view heading(Work work) {
  switch (work) {
    case Work::noop:
      return "no-op tasks of 64 B";
    case Work::wait:
      return "tasks that sleep for 1 ms";
  }
  return "?";
}

std::string title_of(std::string_view arm) { return std::string(find_arm(arm)->title); }

std::string speeds(Work work, const std::vector<Comparison>& comparisons) {
  std::set<unsigned> workers;
  for (const Comparison& each : comparisons) {
    if (each.work == work) workers.insert(each.workers);
  }
  if (workers.empty()) return "";
  std::string text = padded(std::string(heading(work)), kTitleWidth);
  for (const unsigned count : workers) {
    text += padded(std::to_string(count) + (count == 1 ? " worker" : " workers"), kCellWidth);
  }
  text += "\n";
  for (const Arm& arm : all_arms()) {
    std::string line;
    for (const Comparison& each : comparisons) {
      if (each.arm == arm.name && each.work == work) line += padded(cell(each), kCellWidth);
    }
    if (line.empty()) continue;
    line.erase(line.find_last_not_of(' ') + 1);
    text += padded(std::string(arm.title), kTitleWidth) + line + "\n";
  }
  return text + "\n";
}

std::string after(double milliseconds) {
  return milliseconds < 0 ? "none" : print("%.0f ms", milliseconds);
}

std::string afterwards(const Kill& kill) {
  if (!kill.program_ended.empty()) return "its program ends: " + kill.program_ended;
  if (!kill.survives) return "takes no more tasks, or loses them";
  if (kill.workers_after < 2) return "goes on with one worker";
  return "goes on";
}

std::string kills(const std::vector<Kill>& kills) {
  if (kills.empty()) return "";
  std::string text = padded("SIGKILL of one of two busy workers", kTitleWidth);
  const std::array<std::string, 6> columns{"completed", "failed",       "unanswered",
                                           "result in", "new one's in", "afterwards"};
  for (const std::string& column : columns) text += padded(column, 14);
  text += "\n";
  for (const Kill& kill : kills) {
    text += padded(title_of(kill.arm), kTitleWidth);
    if (!kill.error.empty()) {
      text += "error\n";
      continue;
    }
    const std::array<std::string, 6> cells{
        std::to_string(kill.completed) + " of " + std::to_string(kill.tasks),
        std::to_string(kill.failed),
        std::to_string(kill.unanswered),
        after(kill.next_result_ms),
        after(kill.new_worker_ms),
        afterwards(kill)};
    for (const std::string& each : cells) text += padded(each, 14);
    text.erase(text.find_last_not_of(' ') + 1);
    text += "\n";
  }
  return text + "\n";
}

// Of the brackets. A bootstrap of fewer than six pairs spans all of them, which is less than 95 %.
std::string meaning(const Results& results) {
  std::size_t rounds = 0;
  for (const Cell& each : results.cells) rounds = std::max(rounds, each.tasks_per_second.size());
  return rounds < 6 ? "[least, greatest of " + std::to_string(rounds) + "]"
                    : "[95 % interval of the median of " + std::to_string(rounds) + "]";
}

std::string problems(const Results& results) {
  std::string text;
  for (const Absent& absent : results.absent) {
    text += "left out: " + title_of(absent.arm) + ": " + absent.reason + "\n";
  }
  for (const Cell& each : results.cells) {
    if (each.error.empty()) continue;
    text += "error: " + title_of(each.arm) + ", " + std::string(to_string(each.work)) + ", " +
            std::to_string(each.workers) + " workers: " + each.error + "\n";
  }
  for (const Kill& kill : results.kills) {
    if (!kill.error.empty())
      text += "error: " + title_of(kill.arm) + ", kill: " + kill.error + "\n";
  }
  return text;
}

}  // namespace

std::string table(const Results& results, const std::vector<Comparison>& comparisons) {
  return "Tasks a second, and how many times as many this pool does " + meaning(results) + "\n\n" +
         speeds(Work::noop, comparisons) + speeds(Work::wait, comparisons) + kills(results.kills) +
         problems(results);
}

}  // namespace revenant::bench::peers
