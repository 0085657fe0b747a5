// What each adapter's cells are known to be.
#pragma once

#include <string>
#include <vector>

#include "chaos/src/matrix/matrix.h"

namespace revenant::chaos {

// Compares the cells with verdicts.json in each adapter's folder: {"busy":{"lost":"always",
// "stalled":"sometimes"},…}, the findings that a fault raises and no others; an empty object is a
// clean cell. This project's own pool has to be clean.
// Returns a sentence for each cell that is something else. Throws std::invalid_argument for a
// file that cannot be read.
[[nodiscard]] std::vector<std::string> differences(const Matrix& matrix);

}  // namespace revenant::chaos
