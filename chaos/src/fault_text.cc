// Faults and schedules as words of the command line, and back.
#include <fmt/format.h>

#include <array>
#include <charconv>
#include <cmath>

#include "chaos/src/option_number.h"
#include "chaos/src/option_text.h"
#include "chaos/src/plan.h"

namespace revenant::chaos {
namespace {

constexpr double kFaultsPerSecondMax = 10'000;
constexpr std::uint64_t kIntervalMsMax = 24ULL * 3600 * 1000;
constexpr std::uint64_t kFaultCountMax = 1'000'000;
constexpr std::uint64_t kFaultWeightMax = 1'000'000;

template <typename Kind>
struct Named {
  std::string_view name;
  Kind kind;
};

// kill_some is written as kill with a number.
constexpr auto kFaults = std::to_array<Named<FaultKind>>({
    {"kill", FaultKind::kill},
    {"kill-all", FaultKind::kill_all},
    {"stop", FaultKind::stop},
    {"segv", FaultKind::segv},
    {"abort", FaultKind::abort},
    {"term", FaultKind::term},
    {"exit0", FaultKind::exit0},
    {"kill-main", FaultKind::kill_main},
    {"kill-group", FaultKind::kill_group},
    {"spawn-fails", FaultKind::spawn_fails},
    {"oom", FaultKind::oom},
});

constexpr auto kSchedules = std::to_array<Named<Schedule::Kind>>({
    {"poisson", Schedule::Kind::poisson},
    {"every", Schedule::Kind::every},
    {"burst", Schedule::Kind::burst},
    {"idle", Schedule::Kind::idle},
    {"blocked", Schedule::Kind::blocked},
    {"at-read", Schedule::Kind::at_read},
    {"at-write", Schedule::Kind::at_write},
    {"booting", Schedule::Kind::booting},
    {"before-ready", Schedule::Kind::before_ready},
    {"draining", Schedule::Kind::draining},
});

template <typename Kind, std::size_t N>
std::optional<Kind> kind_named(std::string_view name, const std::array<Named<Kind>, N>& all) {
  for (const auto& known : all) {
    if (known.name == name) return known.kind;
  }
  return std::nullopt;
}

template <typename Kind, std::size_t N>
std::string_view name_of(Kind kind, const std::array<Named<Kind>, N>& all) noexcept {
  for (const auto& known : all) {
    if (known.kind == kind) return known.name;
  }
  return "?";
}

template <typename Kind, std::size_t N>
std::string names_of(const std::array<Named<Kind>, N>& all) {
  std::string names;
  for (const auto& known : all) names += (names.empty() ? "" : ", ") + std::string(known.name);
  return names;
}

bool takes_time(FaultKind kind) noexcept {
  return kind == FaultKind::stop || kind == FaultKind::spawn_fails;
}

double parse_rate(std::string_view text, std::string_view whole) {
  double value = 0;
  const char* const end = text.data() + text.size();
  const auto parsed = std::from_chars(text.data(), end, value);
  if (text.empty() || parsed.ec != std::errc() || parsed.ptr != end || !std::isfinite(value) ||
      value <= 0 || value > kFaultsPerSecondMax) {
    refuse_option(whole,
                  fmt::format("the rate has to be a number of faults a second, above 0 and at most "
                              "{}, as in poisson:10",
                              kFaultsPerSecondMax));
  }
  return value;
}

std::chrono::milliseconds parse_interval(std::string_view text, std::string_view what,
                                         std::string_view whole) {
  return std::chrono::milliseconds(parse_count(text, 1, kIntervalMsMax, what, whole));
}

}  // namespace

Fault parse_fault(std::string_view text) {
  const auto [what, weight] = split_at(text, '=');
  const auto [name, parameter] = split_at(what, ':');
  const auto kind = kind_named(name, kFaults);
  if (!kind) {
    refuse_option(text, fmt::format("is no fault; there are {}, kill:K for K at once and stop:MS "
                                    "for a fixed time, each with a weight if wanted, as in "
                                    "stop:200=3",
                                    names_of(kFaults)));
  }
  Fault fault{.kind = *kind};
  if (what.find(':') != std::string_view::npos) {
    if (*kind == FaultKind::kill) {
      fault.kind = FaultKind::kill_some;
      fault.victims = parse_count(parameter, 1, kFaultCountMax, "K of kill:K", text);
    } else if (takes_time(*kind)) {
      fault.stop_for = parse_interval(parameter, "the time, in milliseconds,", text);
    } else {
      refuse_option(text,
                    "only stop and spawn-fails take a time, as in stop:200, and kill a number");
    }
  }
  if (text.find('=') != std::string_view::npos) {
    fault.weight =
        static_cast<unsigned>(parse_count(weight, 1, kFaultWeightMax, "the weight", text));
  }
  return fault;
}

Schedule parse_schedule(std::string_view text) {
  const auto [name, parameter] = split_at(text, ':');
  const auto kind = kind_named(name, kSchedules);
  if (!kind) {
    refuse_option(text,
                  fmt::format("is no schedule; there are poisson:PER_S, every:MS, burst:K/MS, "
                              "and with a number, as in idle:20: idle, blocked, at-read, "
                              "at-write, booting, before-ready, draining"));
  }
  Schedule schedule{.kind = *kind};
  if (*kind == Schedule::Kind::poisson) {
    schedule.per_second = parse_rate(parameter, text);
  } else if (*kind == Schedule::Kind::every) {
    schedule.interval = parse_interval(parameter, "the interval, in milliseconds,", text);
  } else if (*kind == Schedule::Kind::burst) {
    const auto [count, interval] = split_at(parameter, '/');
    schedule.count = parse_count(count, 1, kFaultCountMax, "K of burst:K/MS", text);
    schedule.interval = parse_interval(interval, "MS of burst:K/MS", text);
  } else {
    schedule.count =
        parse_count(parameter, 1, kFaultCountMax, fmt::format("N of {}:N", name), text);
  }
  return schedule;
}

std::string_view to_string(FaultKind kind) noexcept {
  return kind == FaultKind::kill_some ? "kill" : name_of(kind, kFaults);
}

std::string to_string(const Fault& fault) {
  std::string text(to_string(fault.kind));
  if (fault.kind == FaultKind::kill_some) text += fmt::format(":{}", fault.victims);
  if (fault.stop_for) text += fmt::format(":{}", fault.stop_for->count());
  if (fault.weight != 1) text += fmt::format("={}", fault.weight);
  return text;
}

std::string to_string(const Schedule& schedule) {
  const std::string_view name = name_of(schedule.kind, kSchedules);
  switch (schedule.kind) {
    case Schedule::Kind::poisson:
      return fmt::format("{}:{}", name, schedule.per_second);
    case Schedule::Kind::every:
      return fmt::format("{}:{}", name, schedule.interval.count());
    case Schedule::Kind::burst:
      return fmt::format("{}:{}/{}", name, schedule.count, schedule.interval.count());
    case Schedule::Kind::idle:
    case Schedule::Kind::blocked:
    case Schedule::Kind::at_read:
    case Schedule::Kind::at_write:
    case Schedule::Kind::booting:
    case Schedule::Kind::before_ready:
    case Schedule::Kind::draining:
      break;
  }
  return fmt::format("{}:{}", name, schedule.count);
}

}  // namespace revenant::chaos
