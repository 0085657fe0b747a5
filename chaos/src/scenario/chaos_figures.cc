#include "chaos/src/scenario/chaos_figures.h"

#include <fmt/format.h>

#include <array>
#include <string_view>
#include <utility>

#include "chaos/src/scenario/threshold_result.h"

namespace revenant::chaos {
namespace {

struct CountFigure {
  std::string_view name;
  std::uint64_t Counts::*member;
};
constexpr std::array<CountFigure, 13> kCounts{{{"tasks", &Counts::tasks},
                                               {"results", &Counts::results},
                                               {"failed", &Counts::failed},
                                               {"lost", &Counts::lost},
                                               {"open", &Counts::open},
                                               {"duplicated", &Counts::duplicated},
                                               {"corrupted", &Counts::corrupted},
                                               {"unexpected", &Counts::unexpected},
                                               {"faults_planned", &Counts::faults_planned},
                                               {"faults_installed", &Counts::faults_installed},
                                               {"kills", &Counts::kills},
                                               {"workers_at_start", &Counts::workers_at_start},
                                               {"workers_at_end", &Counts::workers_at_end}}};

struct RecoveryFigure {
  std::string_view name;
  Quantiles RecoveryTimes::*member;
};
constexpr std::array<RecoveryFigure, 5> kRecovery{
    {{"detect", &RecoveryTimes::detect},
     {"respawn", &RecoveryTimes::respawn},
     {"first_result", &RecoveryTimes::first_result},
     {"task", &RecoveryTimes::task},
     {"full_capacity", &RecoveryTimes::full_capacity}}};

struct QuantileFigure {
  std::string_view name;
  double Quantiles::*member;
};
constexpr std::array<QuantileFigure, 4> kQuantiles{{{"p50", &Quantiles::p50},
                                                    {"p90", &Quantiles::p90},
                                                    {"p99", &Quantiles::p99},
                                                    {"max", &Quantiles::max}}};

// In the order in which they are listed where one is mistyped.
std::vector<std::string> all_names() {
  std::vector<std::string> names = {"verdict",      "chaos_rate", "calm_rate",
                                    "blast_radius", "harmed",     "innocents"};
  for (const auto& each : kRecovery) {
    for (const auto& quantile : kQuantiles) {
      names.push_back(fmt::format("{}.{}", each.name, quantile.name));
    }
    names.push_back(fmt::format("{}.n", each.name));
  }
  for (const auto& each : kCounts) names.emplace_back(each.name);
  return names;
}

std::optional<Figure> find_figure(const std::string& name) {
  if (const auto ruling = ruling_figure(name)) return ruling;
  if (name == "chaos_rate" || name == "calm_rate") return Figure{.dimension = kRate};
  if (name == "blast_radius") return Figure{.dimension = kCount};
  if (name == "harmed" || name == "innocents") return Figure{.dimension = kCount, .whole = true};
  for (const auto& each : kCounts) {
    if (name == each.name) return Figure{.dimension = kCount, .whole = true};
  }
  for (const auto& each : kRecovery) {
    if (name == fmt::format("{}.n", each.name)) return Figure{.dimension = kCount, .whole = true};
    for (const auto& quantile : kQuantiles) {
      if (name == fmt::format("{}.{}", each.name, quantile.name)) return Figure{.dimension = kTime};
    }
  }
  return std::nullopt;
}

Measured counted_figure(std::uint64_t count) {
  return {static_cast<double>(count), fmt::format("{}", count)};
}

std::optional<Measured> rate(double per_second) {
  if (per_second <= 0) return std::nullopt;  // as in verdict.json: it was not measured
  return Measured{per_second, format_quantity(per_second, kRate)};
}

std::optional<Measured> recovery_figure(const RecoveryTimes& times, const std::string& name) {
  for (const auto& each : kRecovery) {
    const Quantiles& quantiles = times.*each.member;
    if (name == fmt::format("{}.n", each.name)) return counted_figure(quantiles.n);
    for (const auto& quantile : kQuantiles) {
      if (name != fmt::format("{}.{}", each.name, quantile.name)) continue;
      if (quantiles.n == 0) return std::nullopt;
      const double seconds = quantiles.*quantile.member / 1e6;
      return Measured{seconds,
                      fmt::format("{} of {}", format_quantity(seconds, kTime), quantiles.n)};
    }
  }
  return std::nullopt;
}

Measured ruling_measured(const Verdict& verdict) {
  std::string shown(to_string(verdict.ruling));
  std::string_view between = " (";
  for (const Finding& finding : verdict.findings) {
    shown += std::string(between) + std::string(to_string(finding.kind));
    between = ", ";
  }
  if (!verdict.findings.empty()) shown += ")";
  return {value_of(verdict.ruling), shown};
}

}  // namespace

std::optional<Figure> ruling_figure(const std::string& name) {
  if (name == "verdict") {
    return Figure{kRuling, value_of(Ruling::pass), value_of(Ruling::fail), true};
  }
  for (const Ruling ruling : {Ruling::pass, Ruling::unknown, Ruling::fail}) {
    if (name == to_string(ruling)) return Figure{kRuling, value_of(ruling), value_of(ruling), true};
  }
  return std::nullopt;
}

FigureCatalogue chaos_figures() { return {.find = find_figure, .names = all_names()}; }

Measurements measurements_of(const Verdict& verdict) {
  return [&verdict](const std::string& name) -> std::optional<Measured> {
    if (name == "verdict") return ruling_measured(verdict);
    if (name == "chaos_rate") return rate(verdict.throughput_per_s.chaos);
    if (name == "calm_rate") return rate(verdict.throughput_per_s.calm);
    const BlastRadius& radius = verdict.blast_radius;
    if (name == "harmed") return counted_figure(radius.harmed);
    if (name == "innocents") return counted_figure(radius.innocents);
    if (name == "blast_radius") {
      if (verdict.counts.faults_installed == 0) return std::nullopt;
      return Measured{radius.per_fault, fmt::format("{:.3g}", radius.per_fault)};
    }
    for (const auto& each : kCounts) {
      if (name == each.name) return counted_figure(verdict.counts.*each.member);
    }
    return recovery_figure(verdict.recovery_us, name);
  };
}

}  // namespace revenant::chaos
