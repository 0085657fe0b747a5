#include "reports/src/data_file.h"

#include <fmt/format.h>

#include <cerrno>
#include <cmath>
#include <fstream>
#include <system_error>

#include "reports/src/plain_text.h"

namespace revenant::reports {
namespace {

std::string cell_text(const Cell& cell) {
  if (const double* number = std::get_if<double>(&cell)) {
    return std::isfinite(*number) ? fmt::format("{:.9g}", *number) : "NaN";
  }
  std::string word = plain_text(std::get<std::string_view>(cell), 60);
  for (char& c : word) c = c == '"' ? '\'' : c;
  return word.empty() ? "?" : word;
}

}  // namespace

DataFile::DataFile(std::string_view columns) : text_(fmt::format("# {}\n", columns)) {}

void DataFile::row(std::initializer_list<Cell> cells) {
  const char* separator = "";
  for (const Cell& cell : cells) {
    text_.append(separator).append(cell_text(cell));
    separator = "\t";
  }
  text_ += '\n';
}

void DataFile::next_block() { text_ += "\n\n"; }

void write_whole_file(const std::filesystem::path& path, std::string_view text) {
  std::filesystem::path partial = path;
  partial += ".partial";
  {
    std::ofstream file(partial, std::ios::binary | std::ios::trunc);
    file.write(text.data(), static_cast<std::streamsize>(text.size()));
    file.close();
    if (!file) {
      throw std::system_error(errno, std::generic_category(), "cannot write " + path.string());
    }
  }
  std::error_code error;
  std::filesystem::rename(partial, path, error);
  if (error) throw std::system_error(error, "cannot write " + path.string());
}

}  // namespace revenant::reports
