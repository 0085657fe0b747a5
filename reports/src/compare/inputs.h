// From the paths that a user gave to the figures that two sides have in common.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "reports/src/compare/counters.h"
#include "reports/src/compare/samples.h"

namespace revenant::reports::compare {

struct Figure {
  std::string name;
  Better better = Better::less;
  Unit unit = Unit::plain;
  std::vector<double> a;  // all of them above 0
  std::vector<double> b;
};

struct LeftOut {
  std::string name;  // a figure, or a benchmark without figures
  std::string why;
};

struct Inputs {
  std::vector<Figure> figures;  // in the order of their names
  std::vector<LeftOut> left_out;
  std::vector<std::string> notes;
};

// A benchmark file, a run folder or the folder of a scenario stands for itself; any other folder
// for the benchmark files and run folders directly in it. Throws InputError for one with neither.
std::vector<std::filesystem::path> inputs_of(const std::filesystem::path& path);

// With one input on each side its repetitions or kills are the samples, else each input is one.
// The figures of a scenario are those of its runs, each behind its run's name. Throws InputError as
// the readers do, and if no figure is left.
Inputs read_inputs(std::span<const std::filesystem::path> a,
                   std::span<const std::filesystem::path> b, const CounterRules& rules,
                   const std::vector<std::string>& only);

// The same from sides that have been read; `name_a` and `name_b` are for the reasons.
Inputs pair_up(const Side& a, const Side& b, const std::string& name_a, const std::string& name_b,
               const std::vector<std::string>& only);

}  // namespace revenant::reports::compare
