// junit.xml: one test case for each kind of finding that the claim demands, so that a CI system
// lists what was looked for, not only what was found.
#include <pugixml.hpp>
#include <sstream>

#include "chaos/src/checkers/claims.h"
#include "chaos/src/utf8.h"
#include "chaos/src/verdict.h"
#include "chaos/src/write_whole.h"

namespace revenant::chaos {
namespace {

void add_property(pugi::xml_node& properties, const char* name, const std::string& value) {
  pugi::xml_node property = properties.append_child("property");
  property.append_attribute("name") = name;
  property.append_attribute("value") = printable(value).c_str();
}

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

void add_case(pugi::xml_node& suite, const Verdict& verdict, FindingKind kind) {
  pugi::xml_node test = suite.append_child("testcase");
  test.append_attribute("classname") = ("chaos." + std::string(to_string(verdict.claim))).c_str();
  test.append_attribute("name") = std::string(to_string(kind)).c_str();
  for (const Finding& finding : verdict.findings) {
    if (finding.kind != kind) continue;
    const bool fails = ruling_of(kind) == Ruling::fail;
    pugi::xml_node outcome = test.append_child(fails ? "failure" : "error");
    outcome.append_attribute("type") = std::string(to_string(kind)).c_str();
    outcome.append_attribute("message") = printable(finding.explanation).c_str();
    outcome.text() = body_of(finding, verdict).c_str();
  }
}

}  // namespace

std::string write_junit(const Verdict& verdict, const std::string& path) {
  pugi::xml_document document;
  pugi::xml_node declaration = document.append_child(pugi::node_declaration);
  declaration.append_attribute("version") = "1.0";
  declaration.append_attribute("encoding") = "UTF-8";
  pugi::xml_node suites = document.append_child("testsuites");
  pugi::xml_node suite = suites.append_child("testsuite");
  unsigned tests = 0;
  unsigned failures = 0;
  unsigned errors = 0;
  for (const Finding& finding : verdict.findings) {
    ++(ruling_of(finding.kind) == Ruling::fail ? failures : errors);
  }
  pugi::xml_node properties = suite.append_child("properties");
  add_property(properties, "verdict", std::string(to_string(verdict.ruling)));
  add_property(properties, "seed", std::to_string(verdict.seed));
  add_property(properties, "confidence", verdict.confidence);
  add_property(properties, "reproduce", verdict.reproduce);
  for (const FindingKind kind : kFindingKinds) {
    if (!demands(verdict.claim, kind)) continue;
    add_case(suite, verdict, kind);
    ++tests;
  }
  for (pugi::xml_node node : {suites, suite}) {
    node.append_attribute("name") = "revenant chaos";
    node.append_attribute("tests") = tests;
    node.append_attribute("failures") = failures;
    node.append_attribute("errors") = errors;
  }
  std::ostringstream out;
  document.save(out, "  ");
  return write_whole(path, out.str());
}

}  // namespace revenant::chaos
