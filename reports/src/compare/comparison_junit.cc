// For CI systems: a test case for each figure of a gate; without gates one for each figure.
#include <fmt/format.h>

#include <algorithm>
#include <pugixml.hpp>
#include <sstream>

#include "reports/src/compare/cells.h"
#include "reports/src/compare/comparison_report.h"

namespace revenant::reports::compare {
namespace {

// Names are whatever a benchmark calls itself, and XML has no place for most control characters.
std::string printable(std::string text) {
  const auto is_control = [](char c) { return static_cast<unsigned char>(c) < ' ' && c != '\n'; };
  std::replace_if(text.begin(), text.end(), is_control, '?');
  return text;
}

pugi::xml_node add_case(pugi::xml_node suite, const std::string& name) {
  pugi::xml_node test = suite.append_child("testcase");
  test.append_attribute("classname") = "revenant.compare";
  test.append_attribute("name") = printable(name).c_str();
  return test;
}

// An <error> is what could not be decided: no CI system takes it for a success.
void set_outcome(pugi::xml_node test, const char* outcome, const char* type,
                 const std::string& message, const std::string& body) {
  pugi::xml_node node = test.append_child(outcome);
  node.append_attribute("type") = type;
  node.append_attribute("message") = printable(message).c_str();
  node.text() = printable(body).c_str();
}

void add_gate(pugi::xml_node suite, const GateResult& gate, const std::string& body) {
  for (const GatedFigure& figure : gate.figures) {
    pugi::xml_node test = add_case(suite, fmt::format("{}: {}", gate.gate.text, figure.name));
    if (figure.outcome == GateOutcome::held) {
      test.append_child("system-out").text() = printable(place_of(figure)).c_str();
    } else {
      set_outcome(test, figure.outcome == GateOutcome::broken ? "failure" : "error", "gate",
                  fmt::format("gate '{}' is {}: {}", gate.gate.text, outcome_text(figure.outcome),
                              place_of(figure)),
                  body);
    }
  }
}

// Nothing is demanded of it; but what should have been told and was not is no success.
void add_row(pugi::xml_node suite, const Row& row, const ComparisonReport& report,
             const std::string& body) {
  pugi::xml_node test = add_case(suite, row.name);
  const std::string answer = cells_of(row, report).back();
  if (report.conclusion.exit_code == 0 || is_known(row.answer)) {
    test.append_child("system-out").text() = printable(answer).c_str();
  } else {
    set_outcome(test, "error", "figure", fmt::format("{}: {}", row.name, answer), body);
  }
}

std::uint64_t count_of(pugi::xml_node suite, const char* outcome) {
  const auto tests = suite.children("testcase");
  return static_cast<std::uint64_t>(
      std::count_if(tests.begin(), tests.end(),
                    [&](pugi::xml_node test) { return !test.child(outcome).empty(); }));
}

// What GitLab's reader and Jenkins' want to know of the whole and of each suite.
void add_tally(pugi::xml_node node, const std::string& name, pugi::xml_node suite) {
  const auto tests = suite.children("testcase");
  node.append_attribute("name") = name.c_str();
  node.append_attribute("tests") = std::distance(tests.begin(), tests.end());
  node.append_attribute("failures") = count_of(suite, "failure");
  node.append_attribute("errors") = count_of(suite, "error");
}

}  // namespace

std::string as_junit(const ComparisonReport& report) {
  pugi::xml_document document;
  pugi::xml_node suites = document.append_child("testsuites");
  pugi::xml_node suite = suites.append_child("testsuite");
  const std::string body = fmt::format("A: {}\nB: {}\n{}\n{}", report.a, report.b, report.method,
                                       report.conclusion.sentence);
  for (const GateResult& gate : report.gates) add_gate(suite, gate, body);
  if (report.gates.empty()) {
    for (const Row& row : report.rows) add_row(suite, row, report, body);
  }
  if (suite.first_child().empty()) {
    set_outcome(add_case(suite, "comparison"), "error", "comparison", report.conclusion.sentence,
                body);
  }
  add_tally(suite, printable(fmt::format("{} and {}", report.a, report.b)), suite);
  add_tally(suites, "revenant compare", suite);
  std::ostringstream text;
  document.save(text, "  ");
  return text.str();
}

}  // namespace revenant::reports::compare
