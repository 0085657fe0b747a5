// A tree of processes for people: a line each, indented below its parent.
#pragma once

#include <functional>
#include <string>

#include "chaos/src/process_tree.h"

namespace revenant::chaos {

// Of the living members and the main process, with the word "worker" behind those that are. At most
// kTreeLinesMax lines, and one that says how many more there are.
[[nodiscard]] std::string tree_text(ProcessTree& tree,
                                    const std::function<bool(const Member&)>& is_worker);

inline constexpr std::size_t kTreeLinesMax = 200;

}  // namespace revenant::chaos
