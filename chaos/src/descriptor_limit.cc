#include "chaos/src/descriptor_limit.h"

#include <sys/resource.h>

namespace revenant::chaos {
namespace {

rlimit limit_before{};
bool raised = false;

}  // namespace

void raise_descriptor_limit() noexcept {
  if (raised || ::getrlimit(RLIMIT_NOFILE, &limit_before) != 0) return;
  rlimit wanted = limit_before;
  wanted.rlim_cur = wanted.rlim_max;
  raised = ::setrlimit(RLIMIT_NOFILE, &wanted) == 0;
}

void restore_descriptor_limit() noexcept {
  if (raised) ::setrlimit(RLIMIT_NOFILE, &limit_before);
}

}  // namespace revenant::chaos
