// A temporary folder that is gone with its owner.
#pragma once

#include <filesystem>
#include <string>

namespace revenant::reports::compare {

class Scratch {
 public:
  // Throws std::system_error.
  Scratch();
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  ~Scratch();
  // A new folder in it.
  [[nodiscard]] std::filesystem::path folder(const std::string& name) const;

 private:
  std::filesystem::path path_;
};

}  // namespace revenant::reports::compare
