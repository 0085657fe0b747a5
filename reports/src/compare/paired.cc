#include "reports/src/compare/paired.h"

#include <algorithm>
#include <array>
#include <random>
#include <utility>

#include "reports/src/compare/command_under_test.h"
#include "reports/src/compare/inputs.h"
#include "reports/src/compare/looks.h"
#include "reports/src/compare/scratch.h"
#include "reports/src/compare/signed_rank.h"

namespace revenant::reports::compare {
namespace {

constexpr std::size_t kBlocksMax = 400;

class Series {
 public:
  explicit Series(const PairedRequest& request)
      : request_(request),
        deadline_(Clock::now() + std::chrono::duration_cast<Clock::duration>(request.time)),
        a_(request.a, scratch_.folder("a"), request.rules, interrupt_),
        b_(request.b, scratch_.folder("b"), request.rules, interrupt_),
        coin_(request.seed) {}

  PairedResult run() {
    if (warm_up()) {
      while (one_block()) {
        if (request_.on_block) request_.on_block(figures_, deadline_ - Clock::now());
        if (!is_look_due()) continue;
        look();
        if (is_answered() || looks_left_.empty()) {
          result_.end = is_answered() ? SeriesEnd::answered : SeriesEnd::all_looks;
          return std::move(result_);
        }
      }
    }
    // The looks that were planned are not all used up, so that this one costs nothing more.
    if (result_.blocks > 0) look();
    return std::move(result_);
  }

 private:
  // One run of each that does not count; it also shows which figures there are.
  bool warm_up() {
    Side first_a;
    Side first_b;
    if (!one_run(a_, first_a) || !one_run(b_, first_b)) return false;
    Inputs inputs = pair_up(first_a, first_b, "A", "B", request_.only);
    for (const Figure& figure : inputs.figures) {
      figures_.push_back({figure.name, figure.better, figure.unit, {}, {}, {}});
    }
    result_.left_out = std::move(inputs.left_out);
    result_.notes = std::move(inputs.notes);
    refuse_gates_that_match_nothing();
    return true;
  }

  // At once, and not after five minutes.
  void refuse_gates_that_match_nothing() const {
    std::vector<Row> rows;
    for (const BlockFigure& figure : figures_) {
      rows.emplace_back();
      rows.back().name = figure.name;
    }
    judge_gates(request_.gates, rows, result_.left_out, request_.alpha,
                [](std::size_t, double) { return std::nullopt; });
  }

  bool one_block() {
    const auto start = Clock::now();
    const bool a_is_first = (coin_() & 1) == 0;
    std::array<Side, 4> sides;
    std::vector<const Side*> of_a;
    std::vector<const Side*> of_b;
    for (std::size_t i = 0; i < sides.size(); ++i) {
      const bool is_outer = i == 0 || i == 3;
      const bool is_a = is_outer == a_is_first;
      if (!one_run(is_a ? a_ : b_, sides[i])) return false;
      (is_a ? of_a : of_b).push_back(&sides[i]);
    }
    add_block(of_a, of_b, figures_, result_.left_out);
    ++result_.blocks;
    if (result_.blocks == 1) plan(Clock::now() - start);
    return true;
  }

  // False: the series is over, and why is noted.
  bool one_run(CommandUnderTest& command, Side& side) {
    CommandUnderTest::Run run = command.run(deadline_);
    side = std::move(run.side);
    if (run.end == RunEnd::out_of_time) result_.end = SeriesEnd::out_of_time;
    if (run.end == RunEnd::interrupted) result_.end = SeriesEnd::interrupted;
    return run.end == RunEnd::done;
  }

  void plan(Clock::duration of_a_block) {
    const auto more = (deadline_ - Clock::now()) / of_a_block;
    const auto blocks_max = std::min(kBlocksMax, 1 + static_cast<std::size_t>(std::max(0L, more)));
    const auto figures = static_cast<double>(std::max<std::size_t>(1, figures_.size()));
    const double alpha_each = alpha_of_a_look(request_.alpha) / figures;
    looks_left_ = plan_looks(signed_rank_differences_needed(alpha_each), blocks_max);
  }

  bool is_look_due() {
    if (looks_left_.empty() || result_.blocks < looks_left_.front()) return false;
    looks_left_.erase(looks_left_.begin());
    return true;
  }

  void look() {
    const double alpha = alpha_of_a_look(request_.alpha);
    result_.rows = compare_blocks(figures_, alpha, request_.margin);
    result_.gates = judge_gates(
        request_.gates, result_.rows, result_.left_out, alpha,
        [&](std::size_t row, double level) { return block_interval(figures_[row], level); });
  }

  [[nodiscard]] bool is_answered() const {
    if (request_.gates.empty()) {
      return std::all_of(result_.rows.begin(), result_.rows.end(),
                         [](const Row& row) { return is_known(row.answer); });
    }
    const auto has = [&](GateOutcome outcome) {
      return std::any_of(result_.gates.begin(), result_.gates.end(),
                         [&](const GateResult& gate) { return gate.outcome == outcome; });
    };
    return has(GateOutcome::broken) || !has(GateOutcome::undecided);
  }

  const PairedRequest& request_;
  Clock::time_point deadline_;
  Scratch scratch_;
  Interrupt interrupt_;
  CommandUnderTest a_;
  CommandUnderTest b_;
  std::mt19937_64 coin_;
  std::vector<BlockFigure> figures_;
  std::vector<std::size_t> looks_left_;
  PairedResult result_;
};

}  // namespace

PairedResult run_paired(const PairedRequest& request) { return Series(request).run(); }

}  // namespace revenant::reports::compare
