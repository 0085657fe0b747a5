#include "pool/os/futex.h"

#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <ctime>

#include "pool/os/check.h"

namespace revenant::os {
namespace {

// Linux 5.16 headers have these; older ones do not, and the kernel's interface is fixed.
constexpr long kSysFutexWaitv = 449;
constexpr std::uint32_t kFutex32 = 2;

struct KernelFutexWait {
  std::uint64_t value;
  std::uint64_t address;
  std::uint32_t flags;
  std::uint32_t reserved;
};

timespec to_timespec(std::int64_t nanoseconds) noexcept {
  timespec spec;
  spec.tv_sec = static_cast<time_t>(nanoseconds / 1'000'000'000);
  spec.tv_nsec = static_cast<long>(nanoseconds % 1'000'000'000);
  return spec;
}

}  // namespace

void futex_wait(const FutexWord& word, std::uint32_t expected,
                std::optional<Nanoseconds> timeout) noexcept {
  timespec spec{};
  if (timeout) spec = to_timespec(timeout->count() > 0 ? timeout->count() : 0);
  ::syscall(SYS_futex, &word, FUTEX_WAIT, expected, timeout ? &spec : nullptr, nullptr, 0);
}

int futex_wake(const FutexWord& word, int count) noexcept {
  const long woken = ::syscall(SYS_futex, &word, FUTEX_WAKE, count, nullptr, nullptr, 0);
  return woken > 0 ? static_cast<int>(woken) : 0;
}

FutexWoken futex_wait_any(std::span<const FutexWait> waits,
                          std::optional<TimePoint> until) noexcept {
  REVENANT_CHECK(!waits.empty() && waits.size() <= kFutexWaitsMax,
                 "FUTEX_WAITV takes 1 to 128 words");
  std::array<KernelFutexWait, kFutexWaitsMax> entries;
  for (std::size_t i = 0; i < waits.size(); ++i) {
    entries[i] = {waits[i].expected, reinterpret_cast<std::uintptr_t>(waits[i].word), kFutex32, 0};
  }
  timespec spec{};
  if (until) spec = to_timespec(nanoseconds_of(*until));
  const long woken = ::syscall(kSysFutexWaitv, entries.data(), waits.size(), 0,
                               until ? &spec : nullptr, CLOCK_MONOTONIC);
  if (woken < 0) return {errno, 0};
  return {0, static_cast<std::size_t>(woken)};
}

}  // namespace revenant::os
