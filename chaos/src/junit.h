// junit.xml: what CI systems read. The form is the one that Jenkins and GitLab take: suites of test
// cases, each with at most one outcome (chaos/test/judge/junit.xsd).
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "revenant/chaos/verdict.h"

namespace revenant::chaos {

struct JunitCase {
  std::string classname;
  std::string name;
  // Empty: passed. `error` is for what could not be decided: every CI system shows it as red, and
  // none takes it for a success (which many do of <skipped>).
  std::string outcome;  // "failure" or "error"
  std::string type;
  std::string message;  // one line
  std::string body;
  std::string output;  // of a case that passed too; empty: none
};

struct JunitSuite {
  std::string name;
  std::vector<std::pair<std::string, std::string>> properties;
  std::vector<JunitCase> cases;
};

// A case for each kind of finding that the claim demands, so that a CI system lists what was looked
// for, not only what was found.
[[nodiscard]] JunitSuite junit_suite(const Verdict& verdict);

// Any bytes may be in the texts. Returns empty, or a sentence that names the path and the reason.
[[nodiscard]] std::string write_junit_file(const std::vector<JunitSuite>& suites,
                                           const std::string& path);

}  // namespace revenant::chaos
