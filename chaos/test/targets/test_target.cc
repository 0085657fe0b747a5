// test_target [--workers N] [--attempts N] [--mutation NAME]: the small pool, correct or with one
// fault.
#include <signal.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "chaos/test/targets/small_pool.h"

int main(int argc, char** argv) {
  using namespace revenant::chaos::targets;
  ::signal(SIGPIPE, SIG_IGN);
  unsigned workers = 4;
  unsigned attempts = 5;
  Mutation mutation = Mutation::none;
  for (int i = 1; i + 1 < argc; i += 2) {
    if (std::strcmp(argv[i], "--workers") == 0) {
      workers = static_cast<unsigned>(std::atoi(argv[i + 1]));
    } else if (std::strcmp(argv[i], "--attempts") == 0) {
      attempts = static_cast<unsigned>(std::atoi(argv[i + 1]));
    } else if (const auto named = mutation_named(argv[i + 1])) {
      mutation = *named;
    } else {
      std::fprintf(stderr, "no mutation is called %s; see mutation.h\n", argv[i + 1]);
      return 3;
    }
  }
  return SmallPool(workers, attempts, mutation).run();
}
