// Figures of commands that were run in turn, and what can be said of them. Pure.
#pragma once

#include <string>
#include <vector>

#include "reports/src/compare/comparison.h"
#include "reports/src/compare/samples.h"

namespace revenant::reports::compare {

// A figure over blocks of four runs, A B B A or B A A B. Within a block whatever drifts evenly (a
// processor that warms, a neighbour that wakes) meets both sides alike and cancels.
struct BlockFigure {
  std::string name;
  Better better = Better::less;
  Unit unit = Unit::plain;
  std::vector<double> a;  // a value a run, two a block
  std::vector<double> b;
  std::vector<double> log_ratios;  // one a block: of the performance of B by that of A
};

// Adds what the four runs of a block measured. A figure that one of them lacks, or has no ratio
// for, is taken out and named in `left_out`.
void add_block(const std::vector<const Side*>& runs_of_a, const std::vector<const Side*>& runs_of_b,
               std::vector<BlockFigure>& figures, std::vector<LeftOut>& left_out);

// Signed ranks with Holm's correction; an interval at 1 - alpha. `margin` is the least difference
// of interest, as a part of 1: an interval that lies within it is called equal.
std::vector<Row> compare_blocks(const std::vector<BlockFigure>& figures, double alpha,
                                double margin);

// Of the ratio of one figure; nothing where there are too few blocks for that level.
std::optional<Interval> block_interval(const BlockFigure& figure, double level);

}  // namespace revenant::reports::compare
