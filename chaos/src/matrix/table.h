// The matrix as a text to be read, by people or by programs.
#pragma once

#include <string>

#include "chaos/src/matrix/matrix.h"

namespace revenant::chaos {

struct TableStyle {
  bool colour = false;
};

[[nodiscard]] std::string terminal_table(const Matrix& matrix, const TableStyle& style);
[[nodiscard]] std::string markdown_table(const Matrix& matrix);
// A page of its own, without anything from elsewhere.
[[nodiscard]] std::string html_table(const Matrix& matrix);
[[nodiscard]] std::string json_table(const Matrix& matrix);

}  // namespace revenant::chaos
