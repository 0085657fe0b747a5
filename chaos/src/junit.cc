#include "chaos/src/junit.h"

#include <algorithm>
#include <pugixml.hpp>
#include <sstream>

#include "chaos/src/checkers/claims.h"
#include "chaos/src/utf8.h"
#include "chaos/src/verdict.h"
#include "chaos/src/write_whole.h"

namespace revenant::chaos {
namespace {

std::string body_of(const Finding& finding, const Verdict& verdict) {
  std::string body = printable(finding.explanation) + "\n";
  for (const std::string& detail : finding.details) body += "  " + printable(detail) + "\n";
  if (finding.count > finding.details.size()) {
    body += "  and " + std::to_string(finding.count - finding.details.size()) + " more\n";
  }
  if (!verdict.reproduce.empty()) body += "Again: " + printable(verdict.reproduce) + "\n";
  if (!verdict.run_folder.empty()) body += "Run: " + printable(verdict.run_folder) + "\n";
  return body;
}

JunitCase case_of(const Verdict& verdict, FindingKind kind) {
  JunitCase made{.classname = "chaos." + std::string(to_string(verdict.claim)),
                 .name = std::string(to_string(kind)),
                 .outcome = {},
                 .type = {},
                 .message = {},
                 .body = {},
                 .output = {}};
  for (const Finding& finding : verdict.findings) {
    if (finding.kind != kind) continue;
    made.outcome = ruling_of(kind) == Ruling::fail ? "failure" : "error";
    made.type = made.name;
    made.message = finding.explanation;
    made.body = body_of(finding, verdict);
  }
  return made;
}

void set(pugi::xml_node node, const char* name, const std::string& value) {
  node.append_attribute(name) = printable(value).c_str();
}

// Line breaks may stay; everything else that XML 1.0 cannot hold is replaced.
std::string printable_lines(const std::string& text) {
  std::istringstream lines(text);
  std::string result;
  for (std::string line; std::getline(lines, line);) result += printable(line) + "\n";
  return result;
}

void append_case(pugi::xml_node suite, const JunitCase& made) {
  pugi::xml_node test = suite.append_child("testcase");
  set(test, "classname", made.classname);
  set(test, "name", made.name);
  if (!made.outcome.empty()) {
    pugi::xml_node outcome = test.append_child(made.outcome.c_str());
    set(outcome, "type", made.type);
    set(outcome, "message", made.message);
    outcome.text() = printable_lines(made.body).c_str();
  }
  if (!made.output.empty()) {
    test.append_child("system-out").text() = printable_lines(made.output).c_str();
  }
}

struct Tally {
  std::size_t tests = 0;
  std::size_t failures = 0;
  std::size_t errors = 0;
};

void count(const JunitSuite& suite, Tally& tally) {
  tally.tests += suite.cases.size();
  for (const JunitCase& each : suite.cases) {
    tally.failures += each.outcome == "failure" ? 1 : 0;
    tally.errors += each.outcome == "error" ? 1 : 0;
  }
}

void describe(pugi::xml_node node, const std::string& name, const Tally& tally) {
  set(node, "name", name);
  node.append_attribute("tests") = tally.tests;
  node.append_attribute("failures") = tally.failures;
  node.append_attribute("errors") = tally.errors;
}

}  // namespace

JunitSuite junit_suite(const Verdict& verdict) {
  JunitSuite suite{.name = "revenant chaos", .properties = {}, .cases = {}};
  suite.properties = {{"verdict", std::string(to_string(verdict.ruling))},
                      {"seed", std::to_string(verdict.seed)},
                      {"confidence", verdict.confidence},
                      {"reproduce", verdict.reproduce}};
  for (const FindingKind kind : kFindingKinds) {
    if (demands(verdict.claim, kind)) suite.cases.push_back(case_of(verdict, kind));
  }
  return suite;
}

std::string write_junit_file(const std::vector<JunitSuite>& suites, const std::string& path) {
  pugi::xml_document document;
  pugi::xml_node declaration = document.append_child(pugi::node_declaration);
  set(declaration, "version", "1.0");
  set(declaration, "encoding", "UTF-8");
  Tally all;
  for (const JunitSuite& suite : suites) count(suite, all);
  pugi::xml_node root = document.append_child("testsuites");
  describe(root, "revenant", all);
  for (const JunitSuite& suite : suites) {
    Tally own;
    count(suite, own);
    pugi::xml_node node = root.append_child("testsuite");
    describe(node, suite.name, own);
    pugi::xml_node properties = node.append_child("properties");
    for (const auto& [name, value] : suite.properties) {
      pugi::xml_node property = properties.append_child("property");
      set(property, "name", name);
      set(property, "value", value);
    }
    for (const JunitCase& each : suite.cases) append_case(node, each);
  }
  std::ostringstream out;
  document.save(out, "  ");
  return write_whole(path, out.str());
}

std::string write_junit(const Verdict& verdict, const std::string& path) {
  return write_junit_file({junit_suite(verdict)}, path);
}

}  // namespace revenant::chaos
