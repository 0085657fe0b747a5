// What happens to a worker's tasks when it dies.
#pragma once

#include "pool/src/collector.h"
#include "pool/src/core.h"

namespace revenant {

class Recovery {
 public:
  Recovery(Core& core, Collector& collector) noexcept : core_(core), collector_(collector) {}

  // For a slot whose worker runs no more instructions of ours (either notice), once a generation;
  // the slot must already be in a state in which it takes no tasks. Delivers the results that were
  // published before death, blames the task that was running, if one was, and puts the others back
  // to the front of the queue, in their old order. May deliver, so the handler may throw: call
  // again then, until it returns.
  void recover(Slot& slot);

  // Lets a spare take the place of a worker that no longer takes tasks.
  void promote_spares();

 private:
  void blame(Slot& slot, TaskIndex task);

  Core& core_;
  Collector& collector_;
};

}  // namespace revenant
