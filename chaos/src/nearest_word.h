// "Did you mean …?"
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace revenant::chaos {

// The known word that is nearest to `word` by edit distance; none if it would be a guess (further
// than a third of its length).
[[nodiscard]] std::optional<std::string> nearest_word(const std::string& word,
                                                      const std::vector<std::string>& known);

}  // namespace revenant::chaos
