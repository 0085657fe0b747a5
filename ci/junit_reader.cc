#include "ci/junit_reader.h"

#include <pugixml.hpp>
#include <stdexcept>

namespace revenant::ci {
namespace {

TestOutcome outcome_of(const pugi::xml_node& node) {
  TestOutcome outcome{.name = node.attribute("name").value(),
                      .failed = !node.child("failure").empty(),
                      .erred = !node.child("error").empty(),
                      .message = {},
                      .body = {},
                      .output = node.child("system-out").text().get()};
  const pugi::xml_node told = node.child(outcome.failed ? "failure" : "error");
  outcome.message = told.attribute("message").value();
  outcome.body = told.text().get();
  return outcome;
}

}  // namespace

std::vector<SuiteOutcome> read_junit(const std::string& path) {
  pugi::xml_document document;
  const auto parsed = document.load_file(path.c_str());
  if (!parsed) throw std::runtime_error(path + ": " + parsed.description());
  std::vector<SuiteOutcome> suites;
  for (const pugi::xml_node suite : document.child("testsuites").children("testsuite")) {
    const auto reproduce =
        suite.child("properties").find_child_by_attribute("property", "name", "reproduce");
    suites.push_back({.name = suite.attribute("name").value(),
                      .reproduce = reproduce.attribute("value").value(),
                      .tests = {}});
    for (const pugi::xml_node test : suite.children("testcase")) {
      suites.back().tests.push_back(outcome_of(test));
    }
  }
  return suites;
}

}  // namespace revenant::ci
