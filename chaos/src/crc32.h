// CRC-32 with the polynomial of zlib, written for the harness: the judge shares no code with the
// judged, whose results it checks.
#pragma once

#include <cstdint>
#include <string_view>

namespace revenant::chaos {

[[nodiscard]] std::uint32_t crc32(std::string_view bytes) noexcept;

}  // namespace revenant::chaos
