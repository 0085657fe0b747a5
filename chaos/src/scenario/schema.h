// The JSON schema of scenario files, for editors that complete and check TOML (taplo, VS Code).
#pragma once

#include <string>

#include "chaos/src/scenario/vocabulary.h"

namespace revenant::chaos {

// Made from the same keys as the parser uses, so that it knows each of them and no other.
[[nodiscard]] std::string scenario_schema(const Vocabulary& vocabulary);

}  // namespace revenant::chaos
