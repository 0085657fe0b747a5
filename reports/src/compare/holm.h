// Holm's correction of p values for the number of questions that were asked. Pure.
#pragma once

#include <vector>

namespace revenant::reports::compare {

// In the order given. A question is answered where its corrected value is at most alpha; then the
// probability that any of the answers is wrong is at most alpha, however the questions depend on
// each other (Holm 1979).
std::vector<double> holm_corrected(const std::vector<double>& p_values);

}  // namespace revenant::reports::compare
