// No program is found on PATH while this lives: a report is made without charts, in milliseconds.
#pragma once

#include <cstdlib>
#include <string>

namespace revenant::reports {

class WithoutGnuplot {
 public:
  WithoutGnuplot() {
    if (const char* path = std::getenv("PATH"); path != nullptr) before_ = path;
    ::setenv("PATH", "/nonexistent", 1);
  }
  WithoutGnuplot(const WithoutGnuplot&) = delete;
  WithoutGnuplot& operator=(const WithoutGnuplot&) = delete;
  ~WithoutGnuplot() { ::setenv("PATH", before_.c_str(), 1); }

 private:
  std::string before_;
};

}  // namespace revenant::reports
