// A fault at its place in a run, as a word of the command line: kill@120,worker=2,when=at-write.
//
// Pure; parsers throw std::invalid_argument that says what would be right.
#pragma once

#include <string>
#include <string_view>

#include "revenant/chaos/options.h"

namespace revenant::chaos {

[[nodiscard]] ScriptedFault parse_scripted_fault(std::string_view text);
[[nodiscard]] std::string to_string(const ScriptedFault& scripted);

// The part behind the worker: ",when=at-write,call=3,side=leaving"; empty where there is no moment.
[[nodiscard]] std::string moment_text(const ScriptedFault& scripted);

}  // namespace revenant::chaos
