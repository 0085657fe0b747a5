#include "pool/src/options_check.h"

#include <algorithm>
#include <bit>
#include <chrono>
#include <stdexcept>
#include <string>

#include "pool/src/bell.h"
#include "pool/src/record.h"

namespace revenant {
namespace {

constexpr std::size_t kWorkersAndSparesMax = SupervisorBell::kSlotsMax / 2;
constexpr std::size_t kRestartsAWorker = 1024;
constexpr std::size_t kRingBytesMax = std::size_t{1} << 30;
constexpr std::size_t kPrefetchLimit = std::size_t{1} << 16;
constexpr std::chrono::nanoseconds kDurationMax = std::chrono::hours(24 * 3650);
constexpr std::size_t kAttemptsLimit = 65'535;  // as many as a record's header holds

void require(bool holds, const char* field, const std::string& rule) {
  if (!holds) throw std::invalid_argument(std::string("PoolOptions::") + field + " " + rule);
}

std::string between(std::size_t low, std::size_t high) {
  return "must be between " + std::to_string(low) + " and " + std::to_string(high);
}

}  // namespace

PoolOptions checked(PoolOptions options) {
  require(options.workers >= 1 && options.workers <= kWorkersAndSparesMax, "workers",
          between(1, kWorkersAndSparesMax));
  require(
      options.spares <= kWorkersAndSparesMax - options.workers, "spares",
      "and workers must not be more than " + std::to_string(kWorkersAndSparesMax) + " together");
  require(options.attempts_max >= 1 && options.attempts_max <= kAttemptsLimit, "attempts_max",
          between(1, kAttemptsLimit));
  require(options.queue_max >= 1 && options.queue_max < UINT32_MAX, "queue_max",
          between(1, UINT32_MAX - 1));
  require(options.queue_bytes_max >= 1, "queue_bytes_max", "must be at least 1");
  require(options.payload_bytes_max >= 1 && options.payload_bytes_max <= kPayloadBytesLimit,
          "payload_bytes_max", between(1, kPayloadBytesLimit));
  require(std::has_single_bit(options.ring_bytes) && options.ring_bytes >= 4096 &&
              options.ring_bytes <= kRingBytesMax,
          "ring_bytes", "must be a power of two " + between(4096, kRingBytesMax).substr(5));
  require(options.prefetch_max >= 1 && options.prefetch_max <= kPrefetchLimit, "prefetch_max",
          between(1, kPrefetchLimit));
  require(options.restart_period.count() > 0, "restart_period", "must be positive");
  require(options.backoff_first.count() > 0, "backoff_first", "must be positive");
  require(options.backoff_max >= options.backoff_first, "backoff_max",
          "must not be less than backoff_first");
  require(options.start_failures_max >= 1, "start_failures_max", "must be at least 1");
  require(options.start_timeout.count() > 0, "start_timeout", "must be positive");
  require(options.leave_timeout.count() > 0, "leave_timeout", "must be positive");
  require(options.deadline.count() >= 0, "deadline", "must not be negative (zero: none)");
  // Sums of these and the clock must stay within 64 bits of nanoseconds; ten years are as good as
  // for ever.
  for (std::chrono::nanoseconds* const duration :
       {&options.deadline, &options.restart_period, &options.backoff_first, &options.backoff_max,
        &options.start_timeout, &options.leave_timeout}) {
    *duration = std::min<std::chrono::nanoseconds>(*duration, kDurationMax);
  }
  if (options.restarts_max == 0) {
    options.restarts_max = kRestartsAWorker * (options.workers + options.spares);
  }
  return options;
}

}  // namespace revenant
