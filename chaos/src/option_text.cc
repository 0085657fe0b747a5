#include "chaos/src/option_text.h"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <cmath>
#include <regex>
#include <stdexcept>

namespace revenant::chaos {
namespace {

constexpr std::size_t kPayloadBytesMax = std::size_t{1} << 30;
constexpr double kFaultsPerSecondMax = 10'000;
constexpr std::uint64_t kIntervalMsMax = 24ULL * 3600 * 1000;
constexpr std::uint64_t kFaultCountMax = 1'000'000;
constexpr std::uint64_t kFaultWeightMax = 1'000'000;

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

[[noreturn]] void refuse(std::string_view given, std::string_view instead) {
  throw std::invalid_argument(fmt::format("'{}': {}", given, instead));
}

// A whole number in [min, max]; `whole` is the option's text, for the message.
std::uint64_t parse_count(std::string_view text, std::uint64_t min, std::uint64_t max,
                          std::string_view what, std::string_view whole) {
  std::uint64_t value = 0;
  const char* const end = text.data() + text.size();
  const auto parsed = std::from_chars(text.data(), end, value);
  if (text.empty() || parsed.ec != std::errc() || parsed.ptr != end || value < min || value > max) {
    refuse(whole, fmt::format("{} has to be a whole number from {} to {}", what, min, max));
  }
  return value;
}

double parse_rate(std::string_view text, std::string_view whole) {
  double value = 0;
  const char* const end = text.data() + text.size();
  const auto parsed = std::from_chars(text.data(), end, value);
  if (text.empty() || parsed.ec != std::errc() || parsed.ptr != end || !std::isfinite(value) ||
      value <= 0 || value > kFaultsPerSecondMax) {
    refuse(whole, fmt::format("the rate has to be a number of faults a second, above 0 and at most "
                              "{}, as in poisson:10",
                              kFaultsPerSecondMax));
  }
  return value;
}

// "name:rest" as two parts; the second is empty where there is no colon.
std::pair<std::string_view, std::string_view> split(std::string_view text, char at) {
  const auto position = text.find(at);
  if (position == std::string_view::npos) return {text, {}};
  return {text.substr(0, position), text.substr(position + 1)};
}

}  // namespace

Operation parse_operation(std::string_view text) {
  for (const auto& [name, operation] : kOperations) {
    if (text == name) return operation;
  }
  refuse(text, "is no operation; there are echo, crc32, sleep, spin, record, die, hang and mix");
}

PayloadRange parse_payload(std::string_view text) {
  const auto [first, second] = split(text, '-');
  PayloadRange range;
  range.min = parse_count(first, 0, kPayloadBytesMax, "a payload", text);
  range.max = range.min;
  if (text.find('-') != std::string_view::npos) {
    range.max = parse_count(second, 0, kPayloadBytesMax, "a payload", text);
  }
  if (range.max < range.min) refuse(text, "the smaller payload comes first, as in 0-4096");
  return range;
}

Fault parse_fault(std::string_view text) {
  const auto [what, weight] = split(text, '=');
  const auto [name, parameter] = split(what, ':');
  Fault fault;
  if (name == "kill") {
    fault.kind = FaultKind::kill;
  } else if (name == "kill-all") {
    fault.kind = FaultKind::kill_all;
  } else if (name == "stop") {
    fault.kind = FaultKind::stop;
  } else {
    refuse(text,
           "is no fault; there are kill, kill-all and stop (stop:MS for a fixed time), each "
           "with a weight if wanted, as in stop:200=3");
  }
  if (what.find(':') != std::string_view::npos) {
    if (fault.kind != FaultKind::stop) refuse(text, "only stop takes a time, as in stop:200");
    fault.stop_for = std::chrono::milliseconds(
        parse_count(parameter, 1, kIntervalMsMax, "the time of stop, in milliseconds,", text));
  }
  if (text.find('=') != std::string_view::npos) {
    fault.weight =
        static_cast<unsigned>(parse_count(weight, 1, kFaultWeightMax, "the weight", text));
  }
  return fault;
}

Schedule parse_schedule(std::string_view text) {
  const auto [name, parameter] = split(text, ':');
  Schedule schedule;
  if (name == "poisson") {
    schedule.kind = Schedule::Kind::poisson;
    schedule.per_second = parse_rate(parameter, text);
  } else if (name == "every") {
    schedule.kind = Schedule::Kind::every;
    schedule.interval = std::chrono::milliseconds(
        parse_count(parameter, 1, kIntervalMsMax, "the interval, in milliseconds,", text));
  } else if (name == "burst") {
    const auto [count, interval] = split(parameter, '/');
    schedule.kind = Schedule::Kind::burst;
    schedule.count = parse_count(count, 1, kFaultCountMax, "K of burst:K/MS", text);
    schedule.interval = std::chrono::milliseconds(
        parse_count(interval, 1, kIntervalMsMax, "MS of burst:K/MS", text));
  } else if (name == "idle") {
    schedule.kind = Schedule::Kind::idle;
    schedule.count = parse_count(parameter, 1, kFaultCountMax, "N of idle:N", text);
  } else {
    refuse(text, "is no schedule; there are poisson:PER_S, every:MS, burst:K/MS and idle:N");
  }
  return schedule;
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
      refuse(text, fmt::format("the regular expression is not valid: {}", error.what()));
    }
    return {WorkerSelection::match, std::move(regex)};
  }
  refuse(text,
         "says which processes are workers: declared, children, leaves, descendants or "
         "match:REGEX (the number of workers is the target's own, as in --pool-workers 8)");
}

std::string_view to_string(Operation operation) noexcept {
  for (const auto& named : kOperations) {
    if (named.operation == operation) return named.name;
  }
  return "?";
}

std::string_view to_string(FaultKind kind) noexcept {
  switch (kind) {
    case FaultKind::kill:
      return "kill";
    case FaultKind::kill_all:
      return "kill-all";
    case FaultKind::stop:
      return "stop";
  }
  return "?";
}

std::string to_string(const Fault& fault) {
  std::string text(to_string(fault.kind));
  if (fault.stop_for) text += fmt::format(":{}", fault.stop_for->count());
  if (fault.weight != 1) text += fmt::format("={}", fault.weight);
  return text;
}

std::string to_string(const Schedule& schedule) {
  switch (schedule.kind) {
    case Schedule::Kind::poisson:
      return fmt::format("poisson:{}", schedule.per_second);
    case Schedule::Kind::every:
      return fmt::format("every:{}", schedule.interval.count());
    case Schedule::Kind::burst:
      return fmt::format("burst:{}/{}", schedule.count, schedule.interval.count());
    case Schedule::Kind::idle:
      return fmt::format("idle:{}", schedule.count);
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
