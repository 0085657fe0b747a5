// The words of `revenant compare`.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "reports/src/compare/counters.h"
#include "reports/src/compare/gate.h"

namespace revenant::reports::compare {

enum class Form : std::uint8_t { text, markdown, json };

struct CompareOptions {
  std::vector<std::string> files_a;  // empty where commands are compared
  std::vector<std::string> files_b;
  std::string command_a;
  std::string command_b;
  std::chrono::duration<double> time{300};
  double alpha = 0.05;
  double margin = 0.05;
  std::uint64_t seed = 1;
  std::vector<Gate> gates;
  std::vector<std::string> only;
  CounterRules rules;
  Form form = Form::text;
  std::string out;  // files to write; empty: none
  std::string junit;

  [[nodiscard]] bool is_paired() const { return !command_a.empty(); }
};

struct ParsedOptions {
  std::optional<CompareOptions> options;
  int exit_code = 0;  // without options: help was printed, or what is wrong
};

// Throws InputError for a gate that cannot be read.
ParsedOptions parse_compare_options(int argc, char** argv);

}  // namespace revenant::reports::compare
