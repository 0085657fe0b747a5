// Patterns over names of figures. Pure.
#pragma once

#include <string_view>

namespace revenant::reports::compare {

// `*` stands for any text, slashes too; everything else for itself.
bool glob_matches(std::string_view pattern, std::string_view name);

}  // namespace revenant::reports::compare
