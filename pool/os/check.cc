#include "pool/os/check.h"

#include <unistd.h>

#include <cstdio>
#include <cstdlib>

namespace revenant::os {

void check_failed(const char* condition, const char* why, const char* file, int line) {
  char text[512];
  const int size = std::snprintf(text, sizeof text, "revenant: %s:%d: broken invariant: %s (%s)\n",
                                 file, line, why, condition);
  if (size > 0) {
    const auto wanted =
        static_cast<size_t>(size) < sizeof text ? static_cast<size_t>(size) : sizeof text;
    [[maybe_unused]] const auto ignored = ::write(STDERR_FILENO, text, wanted);
  }
  std::abort();
}

}  // namespace revenant::os
