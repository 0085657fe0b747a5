#include "bench/src/progress.h"

#include <unistd.h>

#include <chrono>
#include <cstdio>

#include "pool/os/clock.h"

namespace revenant::bench {

ProgressLine::ProgressLine(const std::string& name) : shown_(::isatty(STDERR_FILENO) == 1) {
  static const os::TimePoint begin = os::now();
  if (!shown_) return;
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(os::now() - begin);
  std::fprintf(stderr, "\r\033[K%lld s: %s", static_cast<long long>(seconds.count()), name.c_str());
}

ProgressLine::~ProgressLine() {
  if (shown_) std::fprintf(stderr, "\r\033[K");
}

}  // namespace revenant::bench
