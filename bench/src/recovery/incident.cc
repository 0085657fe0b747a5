#include "bench/src/recovery/incident.h"

#include <algorithm>

namespace revenant::bench {

void Incident::note(const Event& event) noexcept {
  switch (event.kind) {
    case EventKind::died_early:
    case EventKind::died_final:
      if (event.pid != victim_) return;
      detected_ = detected_ ? std::min(*detected_, event.at) : event.at;
      ended_ = ended_ || event.kind == EventKind::died_final;
      return;
    case EventKind::promoted:
      if (detected_ && !replaced_) replaced_ = event.at;
      return;
    case EventKind::ready:
      if (!detected_) return;
      if (!replaced_) replaced_ = event.at;
      if (!refilled_) refilled_ = event.at;
      return;
    case EventKind::blamed:
      if (event.pid == victim_) task_ = event.tag;
      return;
    case EventKind::outcome:
      if (task_ && event.tag == *task_ && !delivered_) delivered_ = event.at;
      return;
    default:
      return;
  }
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
