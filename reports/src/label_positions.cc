#include "reports/src/label_positions.h"

#include <algorithm>
#include <cmath>

namespace revenant::reports {
namespace {

double share_of(const LabelAxis& axis, double value) {
  if (!axis.logarithmic) return (value - axis.min) / (axis.max - axis.min);
  return std::log(value / axis.min) / std::log(axis.max / axis.min);
}

double value_of(const LabelAxis& axis, double share) {
  if (!axis.logarithmic) return axis.min + share * (axis.max - axis.min);
  return axis.min * std::pow(axis.max / axis.min, share);
}

// Labels that touch stand as one block around the middle of where they would like to be.
struct Block {
  double centre = 0;  // wished for
  std::size_t size = 0;
  [[nodiscard]] double low(double gap) const { return centre - gap * half(); }
  [[nodiscard]] double high(double gap) const { return centre + gap * half(); }
  [[nodiscard]] double half() const { return (static_cast<double>(size) - 1) / 2; }
};

Block joined(const Block& a, const Block& b) {
  const auto sizes = static_cast<double>(a.size + b.size);
  return {(a.centre * static_cast<double>(a.size) + b.centre * static_cast<double>(b.size)) / sizes,
          a.size + b.size};
}

void keep_on_axis(Block& block, double gap) {
  const double half = gap * block.half();
  block.centre = std::clamp(block.centre, std::min(half, 0.5), std::max(1 - half, 0.5));
}

}  // namespace

void spread_labels(std::vector<EndLabel>& labels, const LabelAxis& axis, double gap) {
  std::stable_sort(labels.begin(), labels.end(),
                   [](const EndLabel& a, const EndLabel& b) { return a.value < b.value; });
  std::vector<Block> blocks;
  for (const EndLabel& label : labels) {
    Block block{share_of(axis, label.value), 1};
    keep_on_axis(block, gap);
    while (!blocks.empty() && blocks.back().high(gap) + gap > block.low(gap)) {
      block = joined(blocks.back(), block);
      blocks.pop_back();
      keep_on_axis(block, gap);
    }
    blocks.push_back(block);
  }
  auto label = labels.begin();
  for (const Block& block : blocks) {
    for (std::size_t i = 0; i < block.size; ++i, ++label) {
      label->shown_at = value_of(axis, block.low(gap) + gap * static_cast<double>(i));
    }
  }
}

}  // namespace revenant::reports
