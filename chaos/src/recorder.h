// The run's clock and its history.
//
// One thread. Every event passes here, so that times come from one clock and never decrease.
#pragma once

#include <algorithm>
#include <string>
#include <utility>

#include "chaos/src/history.h"
#include "chaos/src/history_file.h"
#include "pool/os/clock.h"

namespace revenant::chaos {

class Recorder {
 public:
  // The run begins now.
  explicit Recorder(const std::string& path) : begin_(os::now()), writer_(path) {}

  [[nodiscard]] Nanos now() const noexcept { return (os::now() - begin_).count(); }
  [[nodiscard]] os::TimePoint to_time_point(Nanos time) const noexcept {
    return begin_ + os::Nanoseconds(time);
  }

  // The event was learned of at `t`; an earlier `t` than that of the event before is raised to it.
  template <typename What>
  void record(Nanos t, What what) {
    last_ = std::max(last_, t);
    writer_.append(HistoryEvent{last_, std::move(what)});
  }
  template <typename What>
  void record(What what) {
    record(now(), std::move(what));
  }

  void tick(Nanos now) { writer_.tick(now); }
  bool flush() { return writer_.flush(); }
  [[nodiscard]] const std::string& error() const noexcept { return writer_.error(); }

 private:
  os::TimePoint begin_;
  HistoryWriter writer_;
  Nanos last_ = 0;
};

}  // namespace revenant::chaos
