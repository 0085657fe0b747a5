// The data files that the chart scripts plot: numbers and words in columns, separated by tabs.
//
// The columns of each file are fixed in reports/FORMAT.md. One thread; an object is one file.
#pragma once

#include <cstdint>
#include <filesystem>
#include <initializer_list>
#include <string>
#include <string_view>
#include <variant>

namespace revenant::reports {

// A cell: a number (NaN for "none"), or a word of a stranger. A word cannot end its cell, its line
// or its quotes: tabs and line breaks become pictures (plain_text.h) and the double quote a single
// one.
using Cell = std::variant<double, std::string_view>;

class DataFile {
 public:
  // `columns` becomes the comment on the first line: "t_s\ttasks_per_s".
  explicit DataFile(std::string_view columns);

  void row(std::initializer_list<Cell> cells);
  // Begins another block, for gnuplot's `index`.
  void next_block();

  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  std::string text_;
};

// Puts `text` at `path` by way of a file beside it that is renamed, so that a reader sees the old
// content or the new. Throws std::system_error, naming the path.
void write_whole_file(const std::filesystem::path& path, std::string_view text);

}  // namespace revenant::reports
