// What the main process holds more of with every fault: descriptors and memory.
//
// Memory is what belongs to the process alone: pages that it shares with its workers, such as the
// mailboxes that they leave their results in, come to be resident one after the other as workers
// come and go, and are bounded by the mapping.
//
// Only samples at full strength are compared, and only from the first third of the faults on: what
// is opened or allocated once is no leak.
//
// Heaps go on growing for a while in every program whose tasks differ in size, whether workers die
// or not. So memory must have grown over the faults and, from one sample to the next, by more where
// there were faults in between than where there were none.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "chaos/src/checkers/checkers.h"
#include "chaos/src/checkers/finding_text.h"

namespace revenant::chaos::checkers {
namespace {

constexpr std::uint64_t kFaultsMin = 6;
constexpr std::size_t kSamplesMin = 5;
constexpr std::uint64_t kMemoryFaultsMin = 20;
constexpr std::size_t kMemorySamplesMin = 30;
constexpr double kGrowthBytesMin = 1 << 20;  // less is what any allocator keeps
constexpr double kBytesAFaultMin = 4096;
constexpr double kQuantile95 = 1.96;
constexpr double kQuantile999 = 3.09;  // of one side

struct Line {
  double slope = 0;
  double margin = 0;  // half of the 95 % interval
};

// Least squares; the error of the slope from the residuals.
Line fit(const std::vector<SampleRecord>& samples) {
  const auto n = static_cast<double>(samples.size());
  double mean_x = 0;
  double mean_y = 0;
  for (const SampleRecord& s : samples) {
    mean_x += static_cast<double>(s.faults) / n;
    mean_y += static_cast<double>(s.private_bytes) / n;
  }
  double xx = 0;
  double xy = 0;
  for (const SampleRecord& s : samples) {
    const double x = static_cast<double>(s.faults) - mean_x;
    xx += x * x;
    xy += x * (static_cast<double>(s.private_bytes) - mean_y);
  }
  if (xx <= 0) return {};
  const double slope = xy / xx;
  double residuals = 0;
  for (const SampleRecord& s : samples) {
    const double x = static_cast<double>(s.faults) - mean_x;
    const double r = static_cast<double>(s.private_bytes) - mean_y - slope * x;
    residuals += r * r;
  }
  return {slope, kQuantile95 * std::sqrt(residuals / (n - 2) / xx)};
}

// What was added between two samples, explained by the time that passed and the faults that
// happened: least squares without a constant. The slope over faults; an endless margin where the
// two cannot be told apart, since there were as many faults in every span of time.
Line fit_increments(const std::vector<SampleRecord>& samples) {
  double tt = 0, tf = 0, ff = 0, ty = 0, fy = 0, yy = 0;
  for (std::size_t i = 1; i < samples.size(); ++i) {
    const SampleRecord& before = samples[i - 1];
    const SampleRecord& now = samples[i];
    const double t = static_cast<double>(now.t - before.t) / 1e9;
    const auto f = static_cast<double>(now.faults - before.faults);
    const double y =
        static_cast<double>(now.private_bytes) - static_cast<double>(before.private_bytes);
    tt += t * t;
    tf += t * f;
    ff += f * f;
    ty += t * y;
    fy += f * y;
    yy += y * y;
  }
  const double determinant = tt * ff - tf * tf;
  if (determinant <= tt * ff * 1e-9) return {0, HUGE_VAL};
  const double slope = (tt * fy - tf * ty) / determinant;
  const double by_time = (ff * ty - tf * fy) / determinant;
  const double residuals = std::max(0.0, yy - slope * fy - by_time * ty);
  const double variance = residuals / static_cast<double>(samples.size() - 3);
  return {slope, kQuantile999 * std::sqrt(variance * tt / determinant)};
}

// At full strength, from `from` faults on.
std::vector<SampleRecord> settled(const Evidence& evidence, std::uint64_t from) {
  std::vector<SampleRecord> found;
  for (const SampleRecord& sample : evidence.index.samples) {
    const bool full = sample.workers_alive == evidence.strength.at_start;
    if (full && sample.faults >= from && sample.descriptors > 0) found.push_back(sample);
  }
  return found;
}

std::uint64_t median_of(std::vector<std::uint64_t> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

std::string too_few(std::uint64_t there_are, std::uint64_t needed, std::string_view noun) {
  return there_are >= needed ? "" : fmt::format("{} of {}", counted(there_are, noun), needed);
}

struct Descriptors {
  std::vector<std::uint64_t> before;  // in the second third of the faults
  std::vector<std::uint64_t> after;   // in the calm phase
};

Descriptors descriptors_of(const Evidence& evidence) {
  const std::uint64_t faults = evidence.index.faults.size();
  const Nanos calm = evidence.index.began(Phase::calm).value_or(evidence.index.last_t);
  Descriptors found;
  for (const SampleRecord& sample : settled(evidence, faults / 3)) {
    if (sample.t >= calm) {
      found.after.push_back(sample.descriptors);
    } else if (sample.faults <= 2 * faults / 3) {
      found.before.push_back(sample.descriptors);
    }
  }
  return found;
}

}  // namespace

std::string blindness_to_fd_leaks(const Evidence& evidence) {
  if (auto why = too_few(evidence.index.faults.size(), kFaultsMin, "fault"); !why.empty()) {
    return why;
  }
  if (!evidence.index.began(Phase::calm)) return "no calm phase";
  const auto [before, after] = descriptors_of(evidence);
  return too_few(std::min(before.size(), after.size()), kSamplesMin, "sample");
}

// Exactly zero is demanded. The median, because a sample may catch a worker's channel while it is
// being replaced.
std::optional<Finding> fd_leak(const Evidence& evidence) {
  if (!blindness_to_fd_leaks(evidence).empty()) return std::nullopt;
  const std::uint64_t faults = evidence.index.faults.size();
  const auto [before, after] = descriptors_of(evidence);
  const std::uint64_t then = median_of(before);
  const std::uint64_t now = *std::min_element(after.begin(), after.end());
  if (now <= then) return std::nullopt;
  Finding finding{.kind = FindingKind::fd_leak};
  finding.count = now - then;
  finding.explanation = fmt::format(
      "The main process had {} open at full strength half-way through the faults and {} at the "
      "end, "
      "after {} faults: {:.2f} a fault, and none is allowed (medians and minimum of {} and {} "
      "samples).",
      counted(then, "descriptor"), grouped(now), grouped(faults),
      static_cast<double>(now - then) / (static_cast<double>(faults) / 2), before.size(),
      after.size());
  return finding;
}

std::string blindness_to_memory_growth(const Evidence& evidence) {
  const std::uint64_t faults = evidence.index.faults.size();
  if (auto why = too_few(faults, kMemoryFaultsMin, "fault"); !why.empty()) return why;
  return too_few(settled(evidence, faults / 3).size(), kMemorySamplesMin, "sample");
}

std::optional<Finding> memory_growth(const Evidence& evidence) {
  if (!blindness_to_memory_growth(evidence).empty()) return std::nullopt;
  const std::uint64_t faults = evidence.index.faults.size();
  const std::vector<SampleRecord> samples = settled(evidence, faults / 3);
  const Line line = fit(samples);
  const double least = line.slope - line.margin;
  const double growth = least * static_cast<double>(faults - faults / 3);
  if (least < kBytesAFaultMin || growth < kGrowthBytesMin) return std::nullopt;
  const Line with_faults = fit_increments(samples);
  if (with_faults.slope <= with_faults.margin) return std::nullopt;
  Finding finding{.kind = FindingKind::memory_growth};
  finding.count = static_cast<std::uint64_t>(std::llround(with_faults.slope));
  finding.explanation = fmt::format(
      "The private memory of the main process grew by {:.1f} KiB a fault (95 % interval {:.1f} to "
      "{:.1f}, least squares over {} samples at full strength and {} faults), {:.1f} KiB of them "
      "with the fault and not with time.",
      line.slope / 1024, least / 1024, (line.slope + line.margin) / 1024, samples.size(),
      grouped(faults - faults / 3), with_faults.slope / 1024);
  return finding;
}

}  // namespace revenant::chaos::checkers
