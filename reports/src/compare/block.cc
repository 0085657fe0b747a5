#include "reports/src/compare/block.h"

#include <algorithm>
#include <cmath>

#include "reports/src/compare/holm.h"
#include "reports/src/compare/normal.h"
#include "reports/src/compare/signed_rank.h"

namespace revenant::reports::compare {
namespace {

constexpr double kPower = 0.8;

// Appends the values of a figure; false if a run has none above 0.
bool append(const std::vector<const Side*>& runs, const std::string& name,
            std::vector<double>& values) {
  for (const Side* run : runs) {
    const auto found = run->figures.find(name);
    if (found == run->figures.end() || !(found->second.values.front() > 0)) return false;
    values.push_back(found->second.values.front());
  }
  return true;
}

double mean_log_of_last(const std::vector<double>& values, std::size_t count) {
  double sum = 0;
  for (std::size_t i = values.size() - count; i < values.size(); ++i) sum += std::log(values[i]);
  return sum / static_cast<double>(count);
}

bool is_one_number(const BlockFigure& figure) {
  return std::all_of(figure.log_ratios.begin(), figure.log_ratios.end(),
                     [](double ratio) { return ratio == 0; });
}

Row row_of(const BlockFigure& figure, double alpha) {
  Row row;
  row.name = figure.name;
  row.better = figure.better;
  row.unit = figure.unit;
  row.samples_a = row.samples_b = figure.log_ratios.size();
  row.median_a = median(figure.a);
  row.median_b = median(figure.b);
  row.ratio = std::exp(signed_rank_estimate(figure.log_ratios));
  row.interval = block_interval(figure, 1 - alpha);
  row.p = signed_rank_p(figure.log_ratios);
  return row;
}

Answer answer_of(const Row& row, double alpha, double margin) {
  if (row.interval->low > 1 / (1 + margin) && row.interval->high < 1 + margin) return Answer::equal;
  if (row.p_corrected > alpha) return Answer::no_difference;
  return row.ratio > 1 ? Answer::faster : Answer::slower;
}

// What four of five series of as many blocks would have found, by the normal approximation.
double detectable_by(const Interval& interval, double alpha, double alpha_each) {
  const double half_width = std::log(interval.high / interval.low) / 2;
  const double error = half_width / normal_quantile(1 - alpha / 2);
  return std::exp(error * (normal_quantile(1 - alpha_each / 2) + normal_quantile(kPower)));
}

}  // namespace

void add_block(const std::vector<const Side*>& runs_of_a, const std::vector<const Side*>& runs_of_b,
               std::vector<BlockFigure>& figures, std::vector<LeftOut>& left_out) {
  std::erase_if(figures, [&](BlockFigure& figure) {
    const bool is_in_a = append(runs_of_a, figure.name, figure.a);
    if (!is_in_a || !append(runs_of_b, figure.name, figure.b)) {
      left_out.push_back({figure.name, std::string("is missing or not above 0 in a run of ") +
                                           (is_in_a ? "B" : "A")});
      return true;
    }
    const double more =
        mean_log_of_last(figure.b, runs_of_b.size()) - mean_log_of_last(figure.a, runs_of_a.size());
    figure.log_ratios.push_back(figure.better == Better::more ? more : 0 - more);
    return false;
  });
}

std::optional<Interval> block_interval(const BlockFigure& figure, double level) {
  const auto logs = signed_rank_interval(figure.log_ratios, level);
  if (!logs) return std::nullopt;
  return Interval{std::exp(logs->low), std::exp(logs->high)};
}

std::vector<Row> compare_blocks(const std::vector<BlockFigure>& figures, double alpha,
                                double margin) {
  std::vector<Row> rows;
  std::vector<double> p_values;
  for (const BlockFigure& figure : figures) {
    rows.push_back(row_of(figure, alpha));
    p_values.push_back(rows.back().p);
  }
  const std::vector<double> corrected = holm_corrected(p_values);
  const double alpha_each = alpha / static_cast<double>(std::max<std::size_t>(1, rows.size()));
  for (std::size_t i = 0; i < rows.size(); ++i) {
    Row& row = rows[i];
    row.p_corrected = corrected[i];
    row.needed = signed_rank_differences_needed(alpha_each);
    if (row.interval && is_one_number(figures[i])) {
      row.answer = Answer::same;
    } else if (row.samples_a < row.needed || !row.interval) {
      row.answer = Answer::too_few;
    } else {
      row.answer = answer_of(row, alpha, margin);
      if (!is_known(row.answer)) row.detectable = detectable_by(*row.interval, alpha, alpha_each);
    }
  }
  return rows;
}

}  // namespace revenant::reports::compare
