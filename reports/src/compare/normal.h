// The standard normal distribution. Pure.
#pragma once

namespace revenant::reports::compare {

double normal_cdf(double z);
// The z with normal_cdf(z) = p, for 0 < p < 1.
double normal_quantile(double p);

}  // namespace revenant::reports::compare
