// A folder for what a measurement writes.
#pragma once

#include <filesystem>
#include <string>

namespace revenant::bench::goals {

// New and empty, in the folder for temporary files; removed with all that is in it.
class ScratchFolder {
 public:
  ScratchFolder();  // std::system_error
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  ~ScratchFolder();

  [[nodiscard]] std::string file(const std::string& name) const { return path_ / name; }

 private:
  std::filesystem::path path_;
};

}  // namespace revenant::bench::goals
