// Manual pages in the language of man(7).
#pragma once

#include <span>
#include <string>

#include "ci/help.h"
#include "ci/manual/verb_page.h"

namespace revenant::ci {

// revenant(1), from what `revenant --help` knows.
[[nodiscard]] std::string man_page_of_all(std::span<const Verb> verbs, std::string_view version);
// revenant-VERB(1).
[[nodiscard]] std::string man_page(const VerbPage& verb, std::string_view version);

}  // namespace revenant::ci
