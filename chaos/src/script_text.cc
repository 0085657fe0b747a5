#include "chaos/src/script_text.h"

#include <fmt/format.h>

#include <limits>

#include "chaos/src/option_number.h"
#include "chaos/src/option_text.h"
#include "chaos/src/plan.h"

namespace revenant::chaos {
namespace {

constexpr std::uint64_t kNumberMax = std::numeric_limits<std::int64_t>::max();
constexpr const char* kForm =
    "as in kill@120,worker=2 or stop:50@300,when=at-write,call=3,side=leaving";

Schedule::Kind parse_moment(std::string_view name, std::string_view whole) {
  try {
    const Schedule schedule = parse_schedule(std::string(name) + ":1");
    if (counts_moments(schedule.kind)) return schedule.kind;
  } catch (const std::invalid_argument&) {
    // Said below, with the whole text.
  }
  refuse_option(whole, fmt::format("when= names a moment, {}", kForm));
}

void take_part(ScriptedFault& scripted, std::string_view part, std::string_view whole) {
  const auto [key, value] = split_at(part, '=');
  if (key == "worker") {
    scripted.worker = parse_count(value, 0, kNumberMax, "the worker", whole);
  } else if (key == "when") {
    scripted.moment = parse_moment(value, whole);
  } else if (key == "call") {
    scripted.call = parse_count(value, 1, kNumberMax, "the call", whole);
  } else if (key == "side" && (value == "entering" || value == "leaving")) {
    scripted.on_leaving = value == "leaving";
  } else {
    refuse_option(whole, fmt::format("'{}' is not understood, {}", part, kForm));
  }
}

}  // namespace

ScriptedFault parse_scripted_fault(std::string_view text) {
  const auto [fault, rest] = split_at(text, '@');
  if (rest.empty()) refuse_option(text, fmt::format("names no place, {}", kForm));
  ScriptedFault scripted{.fault = parse_fault(fault)};
  auto [place, parts] = split_at(rest, ',');
  scripted.outcomes = parse_count(place, 0, kNumberMax, "the number of outcomes before it", text);
  while (!parts.empty()) {
    const auto [part, more] = split_at(parts, ',');
    take_part(scripted, part, text);
    parts = more;
  }
  return scripted;
}

std::string moment_text(const ScriptedFault& scripted) {
  if (!scripted.moment) return {};
  const std::string name = to_string(Schedule{.kind = *scripted.moment});
  std::string text = ",when=" + name.substr(0, name.find(':'));
  switch (*scripted.moment) {
    case Schedule::Kind::at_read:
    case Schedule::Kind::at_write:
      text += fmt::format(",call={},side={}", scripted.call,
                          scripted.on_leaving ? "leaving" : "entering");
      break;
    case Schedule::Kind::before_ready:
      text += fmt::format(",call={}", scripted.call);
      break;
    default:
      break;
  }
  return text;
}

std::string to_string(const ScriptedFault& scripted) {
  std::string text = fmt::format("{}@{}", to_string(scripted.fault), scripted.outcomes);
  if (scripted.worker) text += fmt::format(",worker={}", *scripted.worker);
  return text + moment_text(scripted);
}

}  // namespace revenant::chaos
