// A folder with programs in the place of the peers'.
#pragma once

#include <string>

namespace revenant::bench::peers {

// Removed with everything in it by the destructor.
class StandIns {
 public:
  StandIns();
  StandIns(const StandIns&) = delete;
  StandIns& operator=(const StandIns&) = delete;
  ~StandIns();

  // An executable shell script. Returns its path.
  std::string add(const std::string& name, const std::string& script) const;
  [[nodiscard]] const std::string& folder() const noexcept { return folder_; }

 private:
  std::string folder_;
};

}  // namespace revenant::bench::peers
