#include "ci/github.h"

#include <cstdio>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <fstream>
#include <string_view>
#include <system_error>

namespace revenant::ci {
namespace {

constexpr std::size_t kBodyBytesMax = 8192;
constexpr std::size_t kNoticeBytesMax = 200;

// Each character of `which` by its number, as workflow commands want it.
std::string percent_encoded(std::string_view text, std::string_view which) {
  std::string encoded;
  for (const char c : text) {
    if (which.find(c) == which.npos) {
      encoded += c;
      continue;
    }
    char code[4];
    std::snprintf(code, sizeof code, "%%%02X",
                  static_cast<unsigned>(static_cast<unsigned char>(c)));
    encoded += code;
  }
  return encoded;
}

std::string property(std::string_view text) { return percent_encoded(text, "%\r\n:,"); }
std::string command_text(std::string_view text) { return percent_encoded(text, "%\r\n"); }

// " file=fire.toml,line=6,col=15," where the body has such a place.
std::string place_of(const TestOutcome& test) {
  constexpr std::string_view kMark = "\nAt: ";
  const std::string body = "\n" + test.body;
  const auto start = body.find(kMark);
  if (start == body.npos) return "";
  const auto from = start + kMark.size();
  const std::string place = body.substr(from, body.find('\n', from) - from);
  const auto column = place.rfind(':');
  const auto line = column == place.npos || column == 0 ? column : place.rfind(':', column - 1);
  if (line == place.npos || line == 0) return "";
  return "file=" + property(place.substr(0, line)) +
         ",line=" + property(place.substr(line + 1, column - line - 1)) +
         ",col=" + property(place.substr(column + 1)) + ",";
}

std::string annotation(const SuiteOutcome& suite, const TestOutcome& test) {
  return std::string(test.failed ? "::error " : "::warning ") + place_of(test) +
         "title=" + property(suite.name + ": " + test.name) + "::" + command_text(test.message) +
         "\n";
}

std::string html(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    switch (c) {
      case '&':
        escaped += "&amp;";
        break;
      case '<':
        escaped += "&lt;";
        break;
      case '>':
        escaped += "&gt;";
        break;
      default:
        escaped += c;
    }
  }
  return escaped;
}

// For a cell of a table: what Markdown would read as markup is text.
std::string cell(std::string_view text) {
  std::string escaped;
  for (const char c : html(text)) {
    if (std::string_view("|*_`[]\\~#").find(c) != std::string_view::npos) escaped += '\\';
    escaped += c == '\n' || c == '\r' ? ' ' : c;
  }
  while (escaped.ends_with(' ')) escaped.pop_back();
  return escaped;
}

// At most so many bytes, and no character in halves.
std::string_view shortened(std::string_view text, std::size_t bytes_max) {
  if (text.size() <= bytes_max) return text;
  while (bytes_max > 0 && (static_cast<unsigned char>(text[bytes_max]) & 0xC0U) == 0x80U)
    --bytes_max;
  return text.substr(0, bytes_max);
}

struct Tally {
  std::size_t passed = 0;
  std::size_t failed = 0;
  std::size_t undecided = 0;
};

Tally tally_of(const SuiteOutcome& suite) {
  Tally tally;
  for (const TestOutcome& test : suite.tests) {
    ++(test.failed ? tally.failed : test.erred ? tally.undecided : tally.passed);
  }
  return tally;
}

std::string row(const SuiteOutcome& suite) {
  const Tally tally = tally_of(suite);
  const char* const verdict = tally.failed > 0 ? "fail" : tally.undecided > 0 ? "unknown" : "pass";
  return "| " + cell(suite.name) + " | " + verdict + " | " + std::to_string(tally.passed) + " | " +
         std::to_string(tally.failed) + " | " + std::to_string(tally.undecided) + " |\n";
}

std::string section(const SuiteOutcome& suite, const TestOutcome& test) {
  return "\n#### " + cell(suite.name) + ": " + cell(test.name) + "\n\n<pre>" +
         html(shortened(test.body, kBodyBytesMax)) + "</pre>\n";
}

// Values of what passed: "task.p99 < 50ms: task.p99 is 12 ms of 412".
std::string measured(const SuiteOutcome& suite) {
  std::string text;
  for (const TestOutcome& test : suite.tests) {
    if (test.failed || test.erred || test.output.empty()) continue;
    text += "- " + cell(suite.name) + ": " + cell(test.name) + ": " + cell(test.output) + "\n";
  }
  return text.empty() ? text : "\n" + text;
}

}  // namespace

std::string github_annotations(const std::vector<SuiteOutcome>& suites) {
  std::vector<std::string> all;
  std::vector<std::string> undecided;  // behind what failed: they are the first to be left out
  for (const SuiteOutcome& suite : suites) {
    for (const TestOutcome& test : suite.tests) {
      if (test.failed || test.erred) {
        (test.failed ? all : undecided).push_back(annotation(suite, test));
      }
    }
  }
  all.insert(all.end(), undecided.begin(), undecided.end());
  std::string text;
  const bool too_many = all.size() > kAnnotationsMax;
  const std::size_t shown = too_many ? kAnnotationsMax - 1 : all.size();
  for (std::size_t i = 0; i < shown; ++i) text += all[i];
  if (too_many) {
    text += "::error title=revenant::and " + std::to_string(all.size() - shown) +
            " more: see the summary\n";
  }
  return text;
}

std::string github_summary(const std::vector<SuiteOutcome>& suites, std::size_t bytes_max) {
  std::vector<std::string> blocks = {
      "\n### revenant\n\n| run | verdict | passed | failed | undecided |\n|---|---|--:|--:|--:|\n"};
  for (const SuiteOutcome& suite : suites) blocks.push_back(row(suite));
  for (const SuiteOutcome& suite : suites) {
    for (const TestOutcome& test : suite.tests) {
      if (test.failed || test.erred) blocks.push_back(section(suite, test));
    }
  }
  for (const SuiteOutcome& suite : suites) blocks.push_back(measured(suite));
  std::string text;
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    if (text.size() + blocks[i].size() + kNoticeBytesMax > bytes_max) {
      const std::string notice = "\n\n**Cut here**: " + std::to_string(blocks.size() - i) +
                                 " more parts would pass GitHub's limit of 1 MiB; junit.xml in "
                                 "the run folder has all of it.\n";
      return notice.size() + text.size() <= bytes_max ? text + notice : text;
    }
    text += blocks[i];
  }
  return text;
}

std::string tell_github(const std::string& junit_path) try {
  const char* const is_github = std::getenv("GITHUB_ACTIONS");
  const char* const summary_path = std::getenv("GITHUB_STEP_SUMMARY");
  const bool annotates = is_github != nullptr && std::string_view(is_github) == "true";
  const bool summarises = summary_path != nullptr && *summary_path != '\0';
  if (!annotates && !summarises) return "";
  const std::vector<SuiteOutcome> suites = read_junit(junit_path);
  if (annotates) std::fputs(github_annotations(suites).c_str(), stderr);
  if (!summarises) return "";
  // Steps before this one in the same file have their share of the limit already.
  std::error_code missing;
  const auto there = std::filesystem::file_size(summary_path, missing);
  const std::size_t used = missing ? 0 : static_cast<std::size_t>(there);
  if (used >= kSummaryBytesMax) return "";
  std::ofstream out(summary_path, std::ios::app | std::ios::binary);
  out << github_summary(suites, kSummaryBytesMax - used);
  out.close();
  return out ? "" : std::string(summary_path) + ": cannot be written";
} catch (const std::exception& error) {
  return error.what();
}

}  // namespace revenant::ci
