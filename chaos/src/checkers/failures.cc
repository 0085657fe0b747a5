#include "chaos/src/checkers/failures.h"

namespace revenant::chaos {

void Failures::Some::add(const Outcome& outcome) {
  if (++count <= kExamplesMax) first.push_back(outcome);
}

void Failures::on_outcome(const Outcome& outcome) {
  if (!outcome.should_not_have_failed()) return;
  all_.add(outcome);
  if (!excuses_.excuse(outcome.worker, outcome.submitted, outcome.at)) innocent_.add(outcome);
}

}  // namespace revenant::chaos
