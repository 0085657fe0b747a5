#include "chaos/src/checkers/answers.h"

namespace revenant::chaos {

double Answers::per_second() const {
  const std::uint64_t count = results + failures;
  if (count < 2) return 0;
  return static_cast<double>(count - 1) / (static_cast<double>(last - first + 1) * 1e-9);
}

void AnswersByWorker::on_outcome(const Outcome& outcome) {
  if (outcome.worker <= 0 || !outcome.has_want) return;
  Answers& answers = of_each_[outcome.worker];
  if (answers.results + answers.failures == 0) answers.first = outcome.at;
  answers.last = outcome.at;
  ++(outcome.is_result ? answers.results : answers.failures);
}

}  // namespace revenant::chaos
