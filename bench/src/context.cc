#include "bench/src/context.h"

#include <sched.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "bench/commit.h"  // written by the build
#include "pool/os/proc.h"

namespace revenant::bench {
namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool kSanitized = true;
#else
constexpr bool kSanitized = false;
#endif
#if defined(__OPTIMIZE__) && defined(NDEBUG)
constexpr bool kOptimised = true;
#else
constexpr bool kOptimised = false;
#endif

// The rest of the line of /proc/cpuinfo that begins with "model name"; Arm's has none.
std::string cpu_model() {
  const std::string text = os::read_small_file("/proc/cpuinfo").value_or("");
  const std::size_t label = text.find("model name");
  if (label == std::string::npos) return "unknown";
  const std::size_t begin = text.find(": ", label);
  const std::size_t end = text.find('\n', label);
  if (begin == std::string::npos || begin > end) return "unknown";
  return text.substr(begin + 2, end - begin - 2);
}

// Those that this process may run on.
int processors() {
  cpu_set_t set;
  return ::sched_getaffinity(0, sizeof(set), &set) == 0 ? CPU_COUNT(&set) : 0;
}

std::string number_or_unknown(long number) {
  return number > 0 ? std::to_string(number) : "unknown";
}

}  // namespace

Context describe_machine_and_build() {
  utsname kernel{};
  const bool known = ::uname(&kernel) == 0;
  const long pages = ::sysconf(_SC_PHYS_PAGES);
  return {
      {"revenant_version", REVENANT_VERSION},
      {"commit", REVENANT_COMMIT},
      {"compiler", REVENANT_COMPILER},
      {"build_type", std::string(REVENANT_BUILD_TYPE) + (kSanitized ? ", sanitized" : "")},
      {"kernel", known ? std::string(kernel.sysname) + " " + kernel.release : "unknown"},
      {"machine", known ? kernel.machine : "unknown"},
      {"cpu_model", cpu_model()},
      {"cores", number_or_unknown(processors())},
      {"memory_bytes", number_or_unknown(pages * ::sysconf(_SC_PAGESIZE))},
      {"clock_source",
       os::read_small_file("/sys/devices/system/clocksource/clocksource0/current_clocksource")
           .value_or("unknown")},
  };
}

std::vector<std::string> reasons_for_doubt() {
  std::vector<std::string> reasons;
  if (!kOptimised) {
    reasons.push_back(
        "this is not an optimised build; configure with -DCMAKE_BUILD_TYPE=RelWithDebInfo");
  }
  if (kSanitized) reasons.push_back("this build is slowed down by a sanitizer");
  double load = 0;
  if (::getloadavg(&load, 1) == 1 && load > 0.5 * processors()) {
    char text[120];
    std::snprintf(text, sizeof(text),
                  "the load average is %.1f on %d processors: something else is running", load,
                  processors());
    reasons.push_back(text);
  }
  return reasons;
}

}  // namespace revenant::bench
