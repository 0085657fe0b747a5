// junit.xml read back: the one file that every verb writes for CI, and that all else is made from.
#pragma once

#include <string>
#include <vector>

namespace revenant::ci {

struct TestOutcome {
  std::string name;
  bool failed = false;  // <failure>
  bool erred = false;   // <error>: it could not be decided
  std::string message;
  std::string body;
  std::string output;
};

struct SuiteOutcome {
  std::string name;
  std::string reproduce;  // of its properties; empty: none
  std::vector<TestOutcome> tests;
};

// Throws std::runtime_error, naming the file, where it cannot be read or is no XML.
[[nodiscard]] std::vector<SuiteOutcome> read_junit(const std::string& path);

}  // namespace revenant::ci
