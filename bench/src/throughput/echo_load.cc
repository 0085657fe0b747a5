#include "bench/src/throughput/echo_load.h"

#include <algorithm>
#include <chrono>
#include <cstring>

#include "pool/os/check.h"
#include "pool/os/clock.h"

namespace revenant::bench {
namespace {

// A pool that delivers nothing for so long has lost something.
constexpr auto kSilenceMax = std::chrono::seconds(10);

}  // namespace

void echo_number(std::string_view payload, std::string& value) {
  value.assign(payload.substr(0, sizeof(std::uint64_t)));
}

EchoLoad::EchoLoad(Pool& pool, std::size_t window, std::size_t payload_bytes, Payloads payloads)
    : pool_(pool),
      payload_bytes_(payload_bytes),
      payloads_(payloads),
      payload_(payload_bytes, 'x'),
      open_(window, 0) {
  REVENANT_CHECK(payload_bytes >= sizeof(std::uint64_t), "the number has to fit");
  if (payloads == Payloads::copied) return;
  payload_.resize(payload_bytes + window * sizeof(std::uint64_t), 'x');
  for (std::uint64_t place = 0; place < window; ++place) {
    const std::uint64_t number = place + 1;
    std::memcpy(payload_.data() + place * sizeof(number), &number, sizeof(number));
  }
}

bool EchoLoad::start() {
  for (std::size_t place = 0; place < open_.size() && error_.empty(); ++place) submit(place);
  return error_.empty();
}

bool EchoLoad::run(std::uint64_t count) {
  goal_ += count;
  while (error_.empty() && delivered_ < goal_) {
    const std::uint64_t before = delivered_;
    if (!poll_once(kSilenceMax)) break;
    if (delivered_ == before) {
      fail("the pool delivered nothing for 10 s with " + std::to_string(pool_.open_tasks()) +
           " tasks open");
    }
  }
  return error_.empty();
}

bool EchoLoad::poll_once(std::chrono::nanoseconds timeout) {
  pool_.poll(timeout, [this](const Outcome& outcome) { take(outcome); });
  return error_.empty();
}

bool EchoLoad::finish() {
  refill_ = false;
  const os::TimePoint until = os::now() + kSilenceMax;
  while (error_.empty() && pool_.open_tasks() > 0) {
    if (!poll_once(std::chrono::milliseconds(100))) break;
    if (os::now() > until) fail("the pool did not finish its open tasks within 10 s");
  }
  const bool all = std::all_of(open_.begin(), open_.end(), [](auto number) { return number == 0; });
  if (!all && error_.empty()) fail("the pool has no open task, but one has had no outcome");
  return error_.empty();
}

void EchoLoad::submit(std::size_t place) {
  const std::uint64_t number = payloads_ == Payloads::lent ? place + 1 : next_number_++;
  const SubmitResult result = submit_number(place, number);
  if (result != SubmitResult::accepted) {
    fail("submit() answered " + std::string(to_string(result)));
    return;
  }
  open_[place] = number;
}

SubmitResult EchoLoad::submit_number(std::size_t place, std::uint64_t number) {
  if (payloads_ == Payloads::lent) {
    const std::string_view all = payload_;
    return pool_.submit_lent(all.substr(place * sizeof(number), payload_bytes_), place);
  }
  std::memcpy(payload_.data(), &number, sizeof(number));
  return pool_.submit(payload_, place);
}

void EchoLoad::take(const Outcome& outcome) {
  if (!error_.empty()) return;
  const std::size_t place = outcome.tag;
  if (place >= open_.size() || open_[place] == 0) {
    return fail("an outcome for a task that is not open: tag " + std::to_string(place));
  }
  if (outcome.kind != OutcomeKind::completed) {
    return fail("a task ended as " + std::string(to_string(outcome.kind)) + ": " +
                std::string(outcome.value));
  }
  std::uint64_t number = 0;
  if (outcome.value.size() != sizeof(number)) return fail("a result of the wrong size");
  std::memcpy(&number, outcome.value.data(), sizeof(number));
  if (number != open_[place]) return fail("a result that belongs to another task");
  open_[place] = 0;
  ++delivered_;
  if (outcome.attempts != 1) ++repeated_;
  if (refill_) submit(place);
}

void EchoLoad::fail(std::string why) { error_ = std::move(why); }

}  // namespace revenant::bench
