// The CRC-32 of zlib, PNG and Ethernet (polynomial 0x04C11DB7, reflected).
#pragma once

#include <cstdint>
#include <string_view>

namespace revenant::target {

[[nodiscard]] std::uint32_t crc32(std::string_view bytes) noexcept;

}  // namespace revenant::target
