// What a run recorded, by kind of event.
#pragma once

#include <variant>
#include <vector>

#include "chaos/src/history_file.h"
#include "revenant/chaos/run.h"

namespace revenant::chaos {

template <typename Kind>
std::vector<Kind> events_of(const RunResult& result) {
  std::vector<Kind> found;
  for (const HistoryEvent& event : read_history(result.run_folder + "/history.jsonl").history) {
    if (const auto* what = std::get_if<Kind>(&event.what)) found.push_back(*what);
  }
  return found;
}

}  // namespace revenant::chaos
