// System errors as exceptions, for the construction of objects only: what runs in a loop returns
// results.
#pragma once

#include <cerrno>
#include <string>
#include <system_error>

namespace revenant::os {

// Throws std::system_error with the current errno; `tried` says what was attempted, on which
// object.
[[noreturn]] inline void throw_errno(const std::string& tried) {
  throw std::system_error(errno, std::system_category(), tried);
}

}  // namespace revenant::os
