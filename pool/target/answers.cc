#include "pool/target/answers.h"

#include <array>
#include <charconv>
#include <concepts>

#include "pool/target/utf8.h"

namespace revenant::target {
namespace {

constexpr std::size_t kReasonBytesMax = 1000;

template <std::integral Number>
void append_number(std::string& output, Number number) {
  std::array<char, 24> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  output.append(digits.data(), end);
}

void append_string(std::string& output, std::string_view text) {
  constexpr std::string_view kHex = "0123456789abcdef";
  output += '"';
  for (const char c : valid_utf8(text)) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      output += '\\';
      output += c;
    } else if (byte < 0x20) {
      output.append("\\u00") += kHex[byte >> 4];
      output += kHex[byte & 0xFu];
    } else {
      output += c;
    }
  }
  output += '"';
}

std::string failure_sentence(const Outcome& outcome) {
  std::string sentence(to_string(outcome.kind));
  if (outcome.kind == OutcomeKind::failed) {
    sentence = outcome.value;
  } else {
    sentence.append(": ").append(outcome.value.empty() ? to_string(outcome.reason) : outcome.value);
  }
  return sentence;
}

void append_reason(std::string& output, std::string_view reason) {
  output += R"(,"reason":)";
  if (reason.size() <= kReasonBytesMax) {
    append_string(output, reason);
  } else {
    append_string(output, std::string(reason.substr(0, kReasonBytesMax)) + " …");
  }
}

void append_who(std::string& output, const Outcome& outcome) {
  if (outcome.worker > 0) {
    output += R"(,"worker":)";
    append_number(output, outcome.worker);
  }
  output += R"(,"attempts":)";
  append_number(output, outcome.attempts);
}

}  // namespace

void append_ready(std::string& output, std::span<const std::string> operations,
                  std::span<const pid_t> workers) {
  output += R"({"type":"ready","name":"revenant","version":")" REVENANT_VERSION R"(","ops":[)";
  for (const auto& operation : operations) {
    if (output.back() != '[') output += ',';
    append_string(output, operation);
  }
  output += R"(],"workers":[)";
  for (const pid_t worker : workers) {
    if (output.back() != '[') output += ',';
    append_number(output, worker);
  }
  output += "]}\n";
}

void append_outcome(std::string& output, const Outcome& outcome) {
  const bool completed = outcome.kind == OutcomeKind::completed;
  output += completed ? R"({"type":"result","id":)" : R"({"type":"failed","id":)";
  append_number(output, outcome.tag);
  if (completed) {
    output.append(R"(,"value":)").append(outcome.value);
  } else {
    append_reason(output, failure_sentence(outcome));
  }
  append_who(output, outcome);
  output += "}\n";
}

void append_failed(std::string& output, std::uint64_t id, std::string_view reason) {
  output += R"({"type":"failed","id":)";
  append_number(output, id);
  append_reason(output, reason);
  output += "}\n";
}

}  // namespace revenant::target
