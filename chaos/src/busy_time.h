// How long at least one of many spans of time lasted.
//
// For a task it is known only when it is answered that its time counts, and then it may have begun
// long before others that were counted. So the latest spans are kept apart until they are sure.
#pragma once

#include <cstddef>
#include <deque>

#include "chaos/src/history.h"

namespace revenant::chaos {

// Within [from, to).
class BusyTime {
 public:
  BusyTime(Nanos from, Nanos to) : from_(from), to_(to) {}

  // `end` never decreases from call to call. Of a span that reaches behind the last kSpansMax
  // pauses only the part since then counts.
  void add(Nanos begin, Nanos end);
  [[nodiscard]] Nanos total() const;

 private:
  static constexpr std::size_t kSpansMax = 1024;
  struct Span {
    Nanos begin = 0;
    Nanos end = 0;
  };
  Nanos from_;  // what was before is settled
  Nanos to_;
  std::deque<Span> spans_;  // in order, with a pause between each two
  Nanos settled_ = 0;
};

}  // namespace revenant::chaos
