// Reads what workers have published, and delivers it.
#pragma once

#include "pool/src/core.h"

namespace revenant {

enum class Collected : std::uint8_t {
  all,      // nothing is left to read
  some,     // as much as one visit may take; there may be more
  corrupt,  // the worker's results make no sense: it must be killed, and what was read so far holds
};

class Collector {
 public:
  explicit Collector(Core& core) noexcept : core_(core) {}

  // Delivers at most `results_max` outcomes of this worker, alive or dead. If the handler throws,
  // everything up to and including the outcome that it was called with is consumed.
  Collected collect(Slot& slot, std::size_t results_max);

 private:
  // What follows from one record.
  enum class Step : std::uint8_t { fragment, finished, corrupt };
  Step take(Slot& slot, const Record& record);
  void finish(Slot& slot, RecordKind kind, std::string_view value);
  void settle(Slot& slot);

  Core& core_;
};

}  // namespace revenant
