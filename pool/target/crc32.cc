#include "pool/target/crc32.h"

#include <array>
#include <cstddef>
#include <cstring>

namespace revenant::target {
namespace {

constexpr std::size_t kSlices = 8;
using Tables = std::array<std::array<std::uint32_t, 256>, kSlices>;

// Table 0 advances the checksum by one byte; table k advances what table 0 gives by k zero bytes,
// so that eight look-ups that do not wait for each other replace eight that do.
constexpr Tables make_tables() {
  Tables tables{};
  for (std::uint32_t byte = 0; byte < 256; ++byte) {
    std::uint32_t crc = byte;
    for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1) ^ ((crc & 1u) != 0 ? 0xEDB88320u : 0u);
    tables[0][byte] = crc;
  }
  for (std::size_t slice = 1; slice < kSlices; ++slice) {
    for (std::size_t byte = 0; byte < 256; ++byte) {
      const std::uint32_t before = tables[slice - 1][byte];
      tables[slice][byte] = (before >> 8) ^ tables[0][before & 0xFFu];
    }
  }
  return tables;
}

constexpr Tables kTables = make_tables();

}  // namespace

std::uint32_t crc32(std::string_view bytes) noexcept {
  std::uint32_t crc = 0xFFFFFFFFu;
  while (bytes.size() >= kSlices) {
    std::array<unsigned char, kSlices> block{};
    std::memcpy(block.data(), bytes.data(), kSlices);
    for (std::size_t i = 0; i < 4; ++i) {
      block[i] = static_cast<unsigned char>(block[i] ^ ((crc >> (8 * i)) & 0xFFu));
    }
    crc = 0;
    for (std::size_t i = 0; i < kSlices; ++i) crc ^= kTables[kSlices - 1 - i][block[i]];
    bytes.remove_prefix(kSlices);
  }
  for (const char c : bytes) {
    crc = (crc >> 8) ^ kTables[0][(crc ^ static_cast<unsigned char>(c)) & 0xFFu];
  }
  return ~crc;
}

}  // namespace revenant::target
