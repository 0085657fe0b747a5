// What is kept of a value so that a result can be compared with what was asked for.
//
// Pure functions. The hash is XXH64 (seed 0 for strings, seed 1 for any other JSON, so that the
// string "{}" and the object {} differ); it guards against accidents, not against an adversary.
#pragma once

#include <cstdint>
#include <string_view>

#include "chaos/src/history.h"

namespace revenant::chaos {

[[nodiscard]] std::uint64_t xxh64(std::string_view bytes, std::uint64_t seed) noexcept;

[[nodiscard]] Digest digest_of_number(std::uint64_t number) noexcept;
// `utf8` is the string itself, without quotes and escapes.
[[nodiscard]] Digest digest_of_string(std::string_view utf8) noexcept;
// Any value that is neither a string nor an unsigned integer, as canonical JSON text.
[[nodiscard]] Digest digest_of_json(std::string_view text) noexcept;

}  // namespace revenant::chaos
