#include "reports/src/compare/scratch.h"

#include <stdlib.h>

#include <cerrno>
#include <system_error>

namespace revenant::reports::compare {

Scratch::Scratch() {
  std::string name = std::filesystem::temp_directory_path() / "revenant-compare-XXXXXX";
  if (::mkdtemp(name.data()) == nullptr) {
    throw std::system_error(errno, std::generic_category(), "no folder " + name);
  }
  path_ = name;
}

Scratch::~Scratch() {
  std::error_code error;
  std::filesystem::remove_all(path_, error);
}

std::filesystem::path Scratch::folder(const std::string& name) const {
  std::filesystem::path folder = path_ / name;
  std::filesystem::create_directory(folder);
  return folder;
}

}  // namespace revenant::reports::compare
