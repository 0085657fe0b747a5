// What is wrong with the input, told on standard error.
#pragma once

#include <cstdint>
#include <string_view>

namespace revenant::target {

// Standard error is a blocking pipe that perhaps nobody reads. So the messages are few: all of them
// together fit into what a pipe holds. One thread.
class Complaints {
 public:
  static constexpr std::uint64_t kShownMax = 50;
  static constexpr std::size_t kMessageBytesMax = 500;

  // One line that names its number, unless kShownMax were shown; then one that says so, once.
  void about_line(std::uint64_t number, std::string_view why);

 private:
  std::uint64_t count_ = 0;
};

}  // namespace revenant::target
