// Several tasks that travel to a worker as one task of the pool.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace revenant::target {

inline constexpr std::size_t kBundleTasksMax = 64;
// Of messages, unless a single one is larger.
inline constexpr std::size_t kBundleBytesMax = std::size_t{32} << 10;

// A bundle as its relay reads it. Views into the payload.
struct Bundle {
  std::uint32_t journal = 0;
  std::vector<std::uint64_t> ids;  // in the order of their messages
  std::string_view messages;       // a line each
};

void write_bundle(std::string& payload, std::uint32_t journal, std::span<const std::uint64_t> ids,
                  std::span<const std::string_view> messages);
void read_bundle(std::string_view payload, Bundle& bundle);

}  // namespace revenant::target
