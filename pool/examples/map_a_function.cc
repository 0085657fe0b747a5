// Applies a function to a range in worker processes. For one element it crashes: only that one has
// no value.
#include <cstdio>
#include <cstdlib>
#include <ranges>

#include "revenant/map.h"

int main() {
  const auto fragile_square = [](int n) {
    if (n == 666) std::abort();
    return static_cast<long>(n) * n;
  };

  const auto results = revenant::map(fragile_square, std::views::iota(0, 1000),
                                     {.pool = {.workers = 4, .attempts_max = 2}, .chunk = 50});

  long values = 0, correct = 0;
  for (long n = 0; n < 1000; ++n) {
    const auto& result = results[static_cast<std::size_t>(n)];
    if (result) {
      ++values;
      correct += *result.value == n * n ? 1 : 0;
    } else {
      std::printf("element %ld has no value: %s\n", n, result.error.c_str());
    }
  }
  std::printf("%ld values, %ld of them correct\n", values, correct);
  return values == 999 && correct == 999 && !results[666] ? 0 : 1;
}
