#include "chaos/src/option_text.h"

#include <fmt/format.h>

#include <array>
#include <regex>

#include "chaos/src/option_number.h"

namespace revenant::chaos {
namespace {

constexpr std::size_t kPayloadBytesMax = std::size_t{1} << 30;
struct NamedOperation {
  std::string_view name;
  Operation operation;
};
constexpr std::array kOperations = {
    NamedOperation{"echo", Operation::echo},     NamedOperation{"crc32", Operation::crc32},
    NamedOperation{"sleep", Operation::sleep},   NamedOperation{"spin", Operation::spin},
    NamedOperation{"record", Operation::record}, NamedOperation{"die", Operation::die},
    NamedOperation{"hang", Operation::hang},     NamedOperation{"mix", Operation::mix},
};

}  // namespace

Operation parse_operation(std::string_view text) {
  for (const auto& [name, operation] : kOperations) {
    if (text == name) return operation;
  }
  refuse_option(text,
                "is no operation; there are echo, crc32, sleep, spin, record, die, hang and mix");
}

PayloadRange parse_payload(std::string_view text) {
  const auto [first, second] = split_at(text, '-');
  PayloadRange range;
  range.min = parse_count(first, 0, kPayloadBytesMax, "a payload", text);
  range.max = range.min;
  if (text.find('-') != std::string_view::npos) {
    range.max = parse_count(second, 0, kPayloadBytesMax, "a payload", text);
  }
  if (range.max < range.min) refuse_option(text, "the smaller payload comes first, as in 0-4096");
  return range;
}

std::pair<WorkerSelection, std::string> parse_workers(std::string_view text) {
  if (text == "declared") return {WorkerSelection::declared, {}};
  if (text == "children") return {WorkerSelection::children, {}};
  if (text == "leaves") return {WorkerSelection::leaves, {}};
  if (text == "descendants") return {WorkerSelection::descendants, {}};
  if (text.starts_with("match:") && text.size() > 6) {
    std::string regex(text.substr(6));
    try {
      static_cast<void>(std::regex(regex));
    } catch (const std::regex_error& error) {
      refuse_option(text, fmt::format("the regular expression is not valid: {}", error.what()));
    }
    return {WorkerSelection::match, std::move(regex)};
  }
  refuse_option(text,
                "says which processes are workers: declared, children, leaves, descendants or "
                "match:REGEX (the number of workers is the target's own, as in --pool-workers 8)");
}

Executions parse_executions(std::string_view text) {
  if (text == "at-most-once") return Executions::at_most_once;
  if (text == "at-least-once") return Executions::at_least_once;
  refuse_option(text, "how often a task may be done: at-most-once or at-least-once");
}

std::string_view to_string(Executions executions) noexcept {
  switch (executions) {
    case Executions::unchecked:
      return "unchecked";
    case Executions::at_most_once:
      return "at-most-once";
    case Executions::at_least_once:
      return "at-least-once";
  }
  return "?";
}

std::string_view to_string(Operation operation) noexcept {
  for (const auto& named : kOperations) {
    if (named.operation == operation) return named.name;
  }
  return "?";
}

std::string to_string(const PayloadRange& range) {
  return range.min == range.max ? fmt::format("{}", range.min)
                                : fmt::format("{}-{}", range.min, range.max);
}

std::string to_string(WorkerSelection selection, const std::string& regex) {
  switch (selection) {
    case WorkerSelection::automatic:
      return "automatic";
    case WorkerSelection::declared:
      return "declared";
    case WorkerSelection::children:
      return "children";
    case WorkerSelection::leaves:
      return "leaves";
    case WorkerSelection::descendants:
      return "descendants";
    case WorkerSelection::match:
      return "match:" + regex;
  }
  return "?";
}

}  // namespace revenant::chaos
