#include "bench/src/recovery/incident.h"

#include <algorithm>

namespace revenant::bench {

void Incident::note(const Event& event) noexcept {
  const bool of_victim = event.pid == victim_;
  switch (event.kind) {
    case EventKind::died_early:
      if (!of_victim) return;
      if (!detected_) task_.reset();  // What was moved on before was taken from a living worker.
      return learn(event.at);
    case EventKind::died_final:
      if (!of_victim) return;
      ended_ = true;
      return learn(event.at);
    case EventKind::spawn_asked:
      return learn(event.at);
    case EventKind::promoted:
      learn(event.at);
      if (!replaced_) replaced_ = event.at;
      return;
    case EventKind::ready:
      if (!detected_) return;
      if (!replaced_) replaced_ = event.at;
      if (!refilled_) refilled_ = event.at;
      return;
    case EventKind::blamed:
      if (!of_victim) return;
      task_ = event.tag;
      was_running_ = true;
      return learn(event.at);
    case EventKind::moved_on:
      // Named newest first: the last is the one that it would have begun next.
      if (of_victim && !was_running_) task_ = event.tag;
      return;
    case EventKind::dispatched:
      if (of_victim && !detected_) task_.reset();
      return;
    case EventKind::outcome:
      if (task_ != event.tag || delivered_) return;
      if (detected_) {
        delivered_ = event.at;
      } else {
        task_.reset();
      }
      return;
    default:
      return;
  }
}

void Incident::learn(os::TimePoint at) noexcept {
  detected_ = detected_ ? std::min(*detected_, at) : at;
}

const char* Incident::contradiction(os::TimePoint sent) const noexcept {
  if (!detected_ || !replaced_ || !refilled_) return "the incident is not over";
  if (*detected_ <= sent) return "the death was noticed before the worker was killed";
  if (*replaced_ < *detected_) return "the worker was replaced before its death was noticed";
  if (*refilled_ < *replaced_) return "the spare was replaced before it took the victim's place";
  if (task_ && !delivered_) return "the victim's task has no outcome";
  if (delivered_ && *delivered_ < *detected_) {
    return "the victim's task was delivered before the death was noticed";
  }
  return nullptr;
}

}  // namespace revenant::bench
