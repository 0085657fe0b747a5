#include "pool/src/slot.h"

namespace revenant {

void Slot::begin_generation() {
  ++generation;
  process = os::Process();
  active = retiring = announced = exited = ended = recovered = false;
  head_begun = deadline_passed = abandoned = false;
  status = -1;
  limit = os::TimePoint::max();
  MailboxControl& control = mailbox.control();
  tasks = RingWriter(control.tasks, mailbox.task_data(), mailbox.ring_bytes());
  results = RingReader(control.results, mailbox.result_data(), mailbox.ring_bytes());
  finished = 0;
  next_look = 0;
  outgoing = FragmentWriter();
  incoming.abandon();
}

std::size_t Slot::unbegun() const noexcept {
  // A count that no worker of ours would write stands in memory that its code has overwritten: none
  // is unbegun then.
  const std::uint32_t begun = mailbox.control().started.begun() - finished;
  return begun <= dispatched.size() ? dispatched.size() - begun : 0;
}

}  // namespace revenant
