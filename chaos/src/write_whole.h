// Writes a file so that a reader sees all of it or none.
#pragma once

#include <string>
#include <string_view>

namespace revenant::chaos {

// By way of PATH.new, renamed into place; a PATH that was there stays as it was if anything fails.
// Returns empty, or a sentence with the path and the reason.
[[nodiscard]] std::string write_whole(const std::string& path, std::string_view contents);

}  // namespace revenant::chaos
