// "Did you mean …?"
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace revenant::chaos {

// Levenshtein's.
[[nodiscard]] std::size_t edit_distance(std::string_view a, std::string_view b);

// The known word that is nearest to `word` by edit distance; none if it would be a guess (further
// than a third of its length).
[[nodiscard]] std::optional<std::string> nearest_word(const std::string& word,
                                                      const std::vector<std::string>& known);

}  // namespace revenant::chaos
