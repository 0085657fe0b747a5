#include "bench/src/peers/arms.h"

#include <algorithm>

#include "bench/src/peers/peers.h"

namespace revenant::bench::peers {

std::span<const Arm> all_arms() {
  static const std::vector<Arm> arms{
      {kOwnArm, "this pool", ""},
      {kOwnBatchArm, "this pool, a Mapper in chunks of 1000", "", {}, true},
      {"node_fork", "Node child_process.fork", "node_fork.js"},
      {"jest_worker", "jest-worker", "jest_worker.js"},
      {"workerpool", "workerpool", "workerpool.js"},
      {"multiprocessing_1", "multiprocessing.Pool", "multiprocessing_pool.py", {"--chunk", "1"}},
      {"multiprocessing_256",
       "multiprocessing.Pool, chunks of 256",
       "multiprocessing_pool.py",
       {"--chunk", "256"},
       true},
      {"multiprocessing_1000",
       "multiprocessing.Pool, chunks of 1000",
       "multiprocessing_pool.py",
       {"--chunk", "1000"},
       true},
      {"concurrent_futures", "concurrent.futures", "concurrent_futures.py", {"--chunk", "1"}},
      {"concurrent_futures_1000",
       "concurrent.futures, chunks of 1000",
       "concurrent_futures.py",
       {"--chunk", "1000"},
       true},
      {"gnu_parallel", "GNU parallel", "gnu_parallel.sh"},
      {"xargs", "xargs -P", "xargs.sh"},
  };
  return arms;
}

const Arm* find_arm(std::string_view name) {
  const auto arms = all_arms();
  const auto found = std::ranges::find(arms, name, &Arm::name);
  return found == arms.end() ? nullptr : &*found;
}

std::string_view own_arm_for(const Arm& arm) { return arm.in_batches ? kOwnBatchArm : kOwnArm; }

}  // namespace revenant::bench::peers
