// What all formats of the matrix say alike.
#pragma once

#include <string>
#include <vector>

#include "chaos/src/matrix/matrix.h"

namespace revenant::chaos {

// "pool", the names of the faults, and "harm a fault".
[[nodiscard]] std::vector<std::string> table_heading(const Matrix& matrix);
// The texts of a row's cells, its name first. Of an absent adapter only the name.
[[nodiscard]] std::vector<std::string> table_row(const Row& row);
// What each column does, what the last one means, and which pools were left out, a sentence each.
[[nodiscard]] std::vector<std::string> table_notes(const Matrix& matrix);

}  // namespace revenant::chaos
