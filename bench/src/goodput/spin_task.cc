#include "bench/src/goodput/spin_task.h"

#include <sched.h>
#include <time.h>

namespace revenant::bench {
namespace {

std::chrono::nanoseconds processor_time() {
  timespec spec{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &spec);
  return std::chrono::seconds(spec.tv_sec) + std::chrono::nanoseconds(spec.tv_nsec);
}

}  // namespace

void use_processor(std::chrono::nanoseconds time) {
  const std::chrono::nanoseconds end = processor_time() + time;
  while (processor_time() < end) {
  }
}

unsigned processors() {
  cpu_set_t set;
  if (::sched_getaffinity(0, sizeof(set), &set) != 0) return 1;
  return static_cast<unsigned>(CPU_COUNT(&set));
}

}  // namespace revenant::bench
