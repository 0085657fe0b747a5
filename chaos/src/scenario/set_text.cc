// A scenario's outcome for people.
#include <fmt/format.h>

#include <algorithm>

#include "chaos/src/scenario/set_report.h"
#include "chaos/src/utf8.h"

namespace revenant::chaos {
namespace {

struct Mark {
  std::string_view word;
  std::string_view colour;
};

Mark mark_of_threshold(Ruling ruling) {
  switch (ruling) {
    case Ruling::pass:
      return {"held", "32"};
    case Ruling::unknown:
      return {"unknown", "33"};
    case Ruling::fail:
      break;
  }
  return {"BROKEN", "31"};
}

Mark mark_of_run(Ruling ruling) {
  switch (ruling) {
    case Ruling::pass:
      return {"PASS", "1;32"};
    case Ruling::unknown:
      return {"UNKNOWN", "1;33"};
    case Ruling::fail:
      break;
  }
  return {"FAIL", "1;31"};
}

std::string marked(const Mark& mark, std::size_t width, SetTextStyle style) {
  const std::string word = fmt::format("{:<{}}", mark.word, width);
  return style.colour ? fmt::format("\x1b[{}m{}\x1b[0m", mark.colour, word) : word;
}

std::string threshold_line(const ThresholdResult& each, std::size_t width, SetTextStyle style) {
  return fmt::format("    {}  {:<{}}  {}\n", marked(mark_of_threshold(each.ruling), 7, style),
                     printable(each.text), width, printable(each.says));
}

std::size_t width_of(const std::vector<ThresholdResult>& thresholds) {
  std::size_t width = 0;
  for (const auto& each : thresholds) width = std::max(width, each.text.size());
  return width;
}

std::string reason_of(const RunReport& run, const ThresholdResult& threshold) {
  std::string text = printable(run.name) + ": " + printable(threshold.text);
  text += threshold.ruling == Ruling::fail ? " is broken: " : " is undecided: ";
  text += printable(threshold.says);
  if (!threshold.place.file.empty()) text += " (" + to_string(threshold.place) + ")";
  return text;
}

}  // namespace

std::string thresholds_text(const RunReport& run, SetTextStyle style) {
  std::string text = "  thresholds\n";
  const std::size_t width = width_of(run.thresholds);
  for (const auto& each : run.thresholds) text += threshold_line(each, width, style);
  return text;
}

std::string set_text(const SetReport& set, SetTextStyle style) {
  std::string text;
  for (const RunReport& run : set.runs) {
    text += marked(mark_of_run(ruling_of(run)), 7, style) + "  " + printable(run.name) + "\n";
    std::vector<ThresholdResult> open = run.thresholds;
    std::erase_if(open, [](const auto& each) { return each.ruling == Ruling::pass; });
    for (const auto& each : open) text += threshold_line(each, width_of(open), style);
  }
  if (set.runs.size() < set.runs_planned) {
    text += fmt::format("{} of {} runs were not made\n", set.runs_planned - set.runs.size(),
                        set.runs_planned);
  }
  return text;
}

std::string last_line(const SetReport& set) {
  const Ruling ruling = ruling_of(set);
  std::size_t demands = 0;
  std::vector<std::string> reasons;
  for (const RunReport& run : set.runs) {
    demands += run.thresholds.size();
    for (const auto& each : run.thresholds) {
      if (each.ruling == ruling) reasons.push_back(reason_of(run, each));
    }
  }
  const std::string head = std::string(mark_of_run(ruling).word) + "  ";
  if (ruling == Ruling::pass) {
    return head + fmt::format("{}: all {} thresholds of {} runs held", set.scenario, demands,
                              set.runs.size());
  }
  if (reasons.empty()) return head + set.scenario + ": interrupted, not all runs were made";
  const std::string more =
      reasons.size() > 1 ? fmt::format("; and {} more above", reasons.size() - 1) : std::string();
  return head + reasons.front() + more;
}

}  // namespace revenant::chaos
