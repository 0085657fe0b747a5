#include "bench/src/goals/goals_table.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <set>

#include "bench/src/goals/figures.h"

namespace revenant::bench::goals {
namespace {

constexpr const char* kFormat = "%4s  %-74s %9s %8s %9s  %-17s  ";

std::string formatted(const char* goal, const std::string& what, const std::string& bar,
                      const std::string& stretch, const std::string& measured,
                      const std::string& interval) {
  std::array<char, 400> text;
  std::snprintf(text.data(), text.size(), kFormat, goal, what.c_str(), bar.c_str(), stretch.c_str(),
                measured.c_str(), interval.c_str());
  return text.data();
}

const char* colour_of(Standing standing) {
  switch (standing) {
    case Standing::met:
      return "\033[32m";
    case Standing::not_met:
      return "\033[31m";
    case Standing::undecided:
    case Standing::not_measured:
      return "\033[33m";
  }
  return "";
}

std::string count_of(const Rows& rows, Standing standing) {
  return std::to_string(std::count_if(
      rows.begin(), rows.end(), [standing](const Row& row) { return row.standing() == standing; }));
}

}  // namespace

void GoalsTable::head() {
  out_ << formatted("goal", "what", "bar", "stretch", "measured", "95 % interval") << "\n";
}

void GoalsTable::row(const Row& row) {
  const Bar& bar = row.bar;
  const Standing standing = row.standing();
  std::string measured, interval, wanted, stretch;
  if (row.measured) {
    wanted = (bar.sense == Sense::at_least ? ">= " : "<= ") + figure(bar.goal_value);
    if (bar.stretch) stretch = figure(*bar.stretch);
    measured = figure(row.measured->median);
    interval = figure(row.measured->low) + " .. " + figure(row.measured->high);
    if (row.measured->low == row.measured->high) interval = "(counted)";
  }
  out_ << formatted(std::to_string(bar.goal).c_str(), bar.what, wanted, stretch, measured, interval)
       << (colour_ ? colour_of(standing) : "") << to_string(standing) << (colour_ ? "\033[0m" : "")
       << "\n";
  if (!row.note.empty()) out_ << "      " << row.note << "\n";
  out_.flush();
}

void GoalsTable::summary(const Rows& rows, const Effort& effort) {
  out_ << "\n"
       << count_of(rows, Standing::met) << " of " << rows.size() << " met, "
       << count_of(rows, Standing::not_met) << " not met, " << count_of(rows, Standing::undecided)
       << " could not be told, " << count_of(rows, Standing::not_measured) << " not measured ("
       << effort.name << ": " << effort.rounds << " rounds, " << effort.kills_a_round
       << " kills a round)\n";
}

}  // namespace revenant::bench::goals
