#include "reports/src/compare/comparison.h"

#include <algorithm>

#include "reports/src/compare/detectable.h"
#include "reports/src/compare/holm.h"
#include "reports/src/compare/mann_whitney.h"

namespace revenant::reports::compare {
namespace {

// FNV-1a: a figure's resamples do not depend on which other figures there are.
std::uint64_t seed_of(const std::string& name, std::uint64_t seed) {
  std::uint64_t hash = 14695981039346656037u;
  for (const char c : name) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211u;
  return hash ^ seed;
}

bool is_one_number(const Figure& figure) {
  const double first = figure.a.front();
  const auto is_first = [&](double value) { return value == first; };
  return std::all_of(figure.a.begin(), figure.a.end(), is_first) &&
         std::all_of(figure.b.begin(), figure.b.end(), is_first);
}

bool can_show(const Figure& figure, double alpha) {
  return mann_whitney_least_p(figure.a.size(), figure.b.size()) <= alpha;
}

std::vector<double> ratios_of(const Figure& figure, const Certainty& certainty) {
  const bool is_more = figure.better == Better::more;
  return bootstrap_ratios(is_more ? figure.b : figure.a, is_more ? figure.a : figure.b,
                          certainty.resamples, seed_of(figure.name, certainty.seed));
}

Row row_of(const Figure& figure, const Certainty& certainty) {
  Row row;
  row.name = figure.name;
  row.better = figure.better;
  row.unit = figure.unit;
  row.samples_a = figure.a.size();
  row.samples_b = figure.b.size();
  row.median_a = median(figure.a);
  row.median_b = median(figure.b);
  row.ratio =
      figure.better == Better::more ? row.median_b / row.median_a : row.median_a / row.median_b;
  if (is_one_number(figure)) {
    row.answer = Answer::same;
  } else if (!can_show(figure, certainty.alpha)) {
    row.answer = Answer::too_few;
  } else {
    row.interval = percentile_interval(ratios_of(figure, certainty), 1 - certainty.alpha);
    row.p = mann_whitney_p(figure.a, figure.b);
  }
  return row;
}

Answer answer_of(const Row& row, double alpha) {
  if (row.p_corrected > alpha) return Answer::no_difference;
  if (row.interval->low > 1) return Answer::faster;
  return row.interval->high < 1 ? Answer::slower : Answer::no_difference;
}

}  // namespace

bool is_known(Answer answer) {
  return answer != Answer::no_difference && answer != Answer::too_few;
}

std::optional<Interval> ratio_interval(const Figure& figure, double level,
                                       const Certainty& certainty) {
  if (is_one_number(figure)) return Interval{1, 1};
  if (!can_show(figure, 1 - level)) return std::nullopt;
  return percentile_interval(ratios_of(figure, certainty), level);
}

std::vector<Row> compare_samples(const std::vector<Figure>& figures, const Certainty& certainty) {
  std::vector<Row> rows;
  std::vector<std::size_t> tested;
  std::vector<double> p_values;
  for (const Figure& figure : figures) {
    rows.push_back(row_of(figure, certainty));
    if (!rows.back().interval) continue;
    tested.push_back(rows.size() - 1);
    p_values.push_back(rows.back().p);
  }
  const std::vector<double> corrected = holm_corrected(p_values);
  const double alpha_each =
      certainty.alpha / static_cast<double>(std::max<std::size_t>(1, tested.size()));
  for (std::size_t i = 0; i < tested.size(); ++i) {
    Row& row = rows[tested[i]];
    const Figure& figure = figures[tested[i]];
    row.p_corrected = corrected[i];
    row.answer = answer_of(row, certainty.alpha);
    if (is_known(row.answer)) continue;
    if (can_show(figure, alpha_each)) {
      row.detectable = detectable_factor(figure.a, figure.b, alpha_each);
    } else {
      row.answer = Answer::too_few;
    }
  }
  const auto questions = std::count_if(rows.begin(), rows.end(),
                                       [](const Row& row) { return row.answer != Answer::same; });
  for (Row& row : rows) {
    if (row.answer != Answer::too_few) continue;
    row.needed = mann_whitney_samples_needed(certainty.alpha / static_cast<double>(questions));
  }
  return rows;
}

}  // namespace revenant::reports::compare
