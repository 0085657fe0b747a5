// What a worker does: take a task, run the function, publish the result.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "pool/src/fragments.h"
#include "pool/src/mailbox.h"
#include "pool/src/ring.h"
#include "pool/src/worker_process.h"

namespace revenant {

// Tasks are run in order, and each result is published at once. So at any instant at most one task
// is begun and without a published result, and the supervisor knows which after our death
// (StartedWords).
class WorkerLoop {
 public:
  explicit WorkerLoop(const WorkerIdentity& identity);
  [[noreturn]] void run();

 private:
  void wait_for_first_task();
  void warm_up() noexcept;
  void wait_for_task();
  // False if the supervisor took the task back.
  bool begin_task();
  void run_task();
  // The payload of the task that was begun; empty with `error` set where it could not be brought
  // together.
  std::string_view collect_payload(const Record& first, const char*& error);
  void call_measured(std::string_view payload);
  void call_function(std::string_view payload);
  void publish_result();
  // Calls `write` until it finds room in the result ring.
  template <typename Write>
  void write_with_room(Write write);
  void wait_for_record();
  void ring_supervisor();
  void ring_or_put_off();
  // Between a store and a load that the supervisor does in the other order.
  void fence_unless_streaming() const noexcept;
  [[nodiscard]] bool is_streaming() const noexcept;
  [[nodiscard]] bool supervisor_naps() const noexcept;
  [[noreturn]] void leave(Leave request) const;

  const WorkerIdentity identity_;
  RegionHeader& header_;
  MailboxControl& control_;
  RingReader tasks_;
  RingWriter results_;
  const std::size_t record_max_;
  const bool saves_fences_;  // while the supervisor says so
  StartedWords::Value started_;
  std::uint32_t ring_epoch_ = 0;  // in which the writer's position was last read
  bool spins_ = true;             // before it sleeps, where that is allowed
  unsigned unrung_ = 0;           // results published since the supervisor was last rung
  std::uint32_t slept_at_ = 0;    // how many tasks were begun when it last slept
  FragmentReader fragments_;
  // Zero in every child of this process, however it was made: the function's own children must not
  // go on as workers.
  volatile const std::uint64_t* is_worker_ = nullptr;
  std::string value_;
  std::uint64_t took_ns_ = 0;  // of this task, 0 where not measured
  std::uint64_t last_took_ns_ = UINT64_MAX;
  RecordKind kind_ = RecordKind::completed;
};

}  // namespace revenant
