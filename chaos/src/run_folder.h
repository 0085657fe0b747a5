// Where everything of a run is kept: DIR/<time>-<name>/, and DIR/latest.
#pragma once

#include <string>

namespace revenant::chaos {

class RunFolder {
 public:
  // Makes the folder, and DIR where it is missing. A second run in the same second gets "-2".
  // std::system_error, naming the path.
  static RunFolder create(const std::string& out, const std::string& name);

  [[nodiscard]] const std::string& path() const noexcept { return path_; }
  // The last part of the path: unique in DIR, so it serves as the run's id.
  [[nodiscard]] const std::string& id() const noexcept { return id_; }
  [[nodiscard]] std::string file(const std::string& name) const { return path_ + "/" + name; }

 private:
  RunFolder(std::string path, std::string id);

  std::string path_;
  std::string id_;
};

// A name that is safe as part of a path: other characters become '-'.
[[nodiscard]] std::string safe_name(const std::string& name);

}  // namespace revenant::chaos
