// A finished comparison, and the forms in which it is told. Pure.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "reports/src/compare/comparison.h"
#include "reports/src/compare/conclusion.h"
#include "reports/src/compare/gate.h"

namespace revenant::reports::compare {

struct ComparisonReport {
  std::string a;  // what the sides are: paths, or command lines
  std::string b;
  std::string method;   // a sentence or two
  std::string sample;   // what is counted: "sample", "block"
  double level = 0.95;  // of each interval
  double alpha = 0.05;  // that any figure is called different although none is
  double margin = 0;    // 0: equality was not asked for
  std::uint64_t seed = 1;
  std::vector<Row> rows;
  std::vector<LeftOut> left_out;
  std::vector<std::string> notes;
  std::vector<GateResult> gates;
  Conclusion conclusion;
};

enum class Colour : std::uint8_t { none, terminal };

// A table, gates, what was left out; the last line is the conclusion.
std::string as_text(const ComparisonReport& report, Colour colour);
std::string as_markdown(const ComparisonReport& report);
// junit.xml: a broken gate is a <failure>, what could not be decided an <error>.
std::string as_junit(const ComparisonReport& report);
// Keys: reports/FORMAT.md.
std::string as_json(const ComparisonReport& report);

}  // namespace revenant::reports::compare
