// The words of the command line for options, and back.
//
// The parsers throw std::invalid_argument; the text names what was given, what is wrong with it and
// what would be right.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "revenant/chaos/options.h"

namespace revenant::chaos {

[[nodiscard]] Operation parse_operation(std::string_view text);
[[nodiscard]] PayloadRange parse_payload(std::string_view text);  // "64" or "0-2000000"
[[nodiscard]] Fault parse_fault(std::string_view text);           // "kill", "stop:200=3"
[[nodiscard]] Schedule parse_schedule(std::string_view text);     // "poisson:10", "burst:4/250"
// "children", "match:REGEX": the selection and its regular expression.
[[nodiscard]] std::pair<WorkerSelection, std::string> parse_workers(std::string_view text);

[[nodiscard]] Executions parse_executions(std::string_view text);  // "at-most-once"

[[nodiscard]] std::string_view to_string(Executions executions) noexcept;
[[nodiscard]] std::string_view to_string(Operation operation) noexcept;
[[nodiscard]] std::string_view to_string(FaultKind kind) noexcept;
[[nodiscard]] std::string to_string(const Fault& fault);
[[nodiscard]] std::string to_string(const Schedule& schedule);
[[nodiscard]] std::string to_string(const PayloadRange& range);
[[nodiscard]] std::string to_string(WorkerSelection selection, const std::string& regex);

}  // namespace revenant::chaos
