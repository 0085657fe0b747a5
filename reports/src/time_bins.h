// A time series of bounded size whose length need not be known beforehand.
//
// Time is cut into bins of equal width. When an instant lies beyond the last bin allowed, pairs of
// neighbours are merged and the width doubles: however long the run, there are never more than
// `kTimeBinsMax` bins, and once the first doubling has happened never fewer than half of that up to
// the last instant. One thread; no state outside the object.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace revenant::reports {

inline constexpr std::size_t kTimeBinsMax = 1024;

// Bin is default-constructible and has `void merge(const Bin& later)`.
template <typename Bin>
class TimeBins {
 public:
  explicit TimeBins(std::int64_t first_width) : width_(first_width) {}

  // The bin that holds the instant `t` >= 0. The reference lives until the next call.
  Bin& at(std::int64_t t) {
    while (static_cast<std::size_t>(t / width_) >= kTimeBinsMax) halve();
    const auto index = static_cast<std::size_t>(t / width_);
    if (index >= bins_.size()) bins_.resize(index + 1);
    return bins_[index];
  }

  // Merges neighbours once; the width doubles.
  void halve() {
    for (std::size_t i = 0; i < bins_.size(); i += 2) {
      Bin merged = bins_[i];
      if (i + 1 < bins_.size()) merged.merge(bins_[i + 1]);
      bins_[i / 2] = merged;
    }
    bins_.resize((bins_.size() + 1) / 2);
    width_ *= 2;
  }

  [[nodiscard]] std::int64_t width() const { return width_; }
  [[nodiscard]] const std::vector<Bin>& bins() const { return bins_; }

 private:
  std::int64_t width_;
  std::vector<Bin> bins_;
};

}  // namespace revenant::reports
