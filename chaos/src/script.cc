#include "chaos/src/script.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <stdexcept>

#include "chaos/src/history_file.h"
#include "chaos/src/option_text.h"
#include "chaos/src/script_text.h"

namespace revenant::chaos {
namespace {

std::chrono::milliseconds lasted(const FaultDone& fault) {
  const Nanos time = fault.ended.value_or(fault.seen) - fault.sent;
  return std::max(std::chrono::milliseconds(1), std::chrono::milliseconds(time / 1'000'000));
}

// Of the others the target decides who it is, or all are.
bool names_a_victim(FaultKind kind) {
  return kind != FaultKind::kill_all && kind != FaultKind::exit0;
}

// The victims of one fault of the plan, in the order of the file.
ScriptedFault scripted(const std::vector<FaultDone>& victims) {
  const FaultDone& first = victims.front();
  ScriptedFault scripted;
  // Of a birth the first victim is the predecessor, whom the moment needs, and the last is its own.
  scripted.fault = parse_fault(victims.back().fault);
  if (scripted.fault.kind == FaultKind::kill && victims.size() > 1 && first.when.empty()) {
    scripted.fault.kind = FaultKind::kill_some;
    scripted.fault.victims = victims.size();
  }
  if (scripted.fault.kind == FaultKind::stop || scripted.fault.kind == FaultKind::spawn_fails) {
    scripted.fault.stop_for = lasted(first);
  }
  scripted.outcomes = first.outcomes.value_or(0);
  if (!first.when.empty()) {
    const ScriptedFault moment = parse_scripted_fault("kill@0" + first.when);
    scripted.moment = moment.moment;
    scripted.call = moment.call;
    scripted.on_leaving = moment.on_leaving;
  }
  if (names_a_victim(scripted.fault.kind)) scripted.worker = first.worker_number;
  return scripted;
}

}  // namespace

std::vector<ScriptedFault> script_of(const std::string& history_path) {
  HistoryReader reader(history_path);
  std::map<std::uint64_t, std::vector<FaultDone>> faults;  // by their number in the plan
  bool is_whole = false;
  for (HistoryEvent event; reader.next(event);) {
    is_whole = is_whole || std::holds_alternative<RunEnded>(event.what);
    const auto* fault = std::get_if<FaultDone>(&event.what);
    if (fault != nullptr && fault->state == FaultState::installed) {
      faults[fault->n].push_back(*fault);
    }
  }
  if (!reader.error().empty()) throw std::invalid_argument(reader.error());
  if (!is_whole) {
    throw std::invalid_argument(history_path +
                                ": was cut short, and lacks the end of the run and its faults");
  }
  std::vector<ScriptedFault> script;
  for (const auto& [n, victims] : faults) script.push_back(scripted(victims));
  std::stable_sort(script.begin(), script.end(),
                   [](const auto& a, const auto& b) { return a.outcomes < b.outcomes; });
  return script;
}

}  // namespace revenant::chaos
