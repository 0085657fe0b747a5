#include "chaos/src/busy_time.h"

#include <algorithm>

namespace revenant::chaos {

void BusyTime::add(Nanos begin, Nanos end) {
  begin = std::max(begin, from_);
  end = std::min(end, to_);
  if (begin >= end) return;
  while (!spans_.empty() && spans_.back().end >= begin) {
    begin = std::min(begin, spans_.back().begin);
    end = std::max(end, spans_.back().end);
    spans_.pop_back();
  }
  spans_.push_back({begin, end});
  if (spans_.size() <= kSpansMax) return;
  settled_ += spans_.front().end - spans_.front().begin;
  from_ = spans_.front().end;
  spans_.pop_front();
}

Nanos BusyTime::total() const {
  Nanos total = settled_;
  for (const Span& span : spans_) total += span.end - span.begin;
  return total;
}

}  // namespace revenant::chaos
