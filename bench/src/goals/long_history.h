// A history as a long run leaves it, without the run.
#pragma once

#include <cstdint>
#include <string>

namespace revenant::bench::goals {

// Writes about so many events of a correct pool of four workers: 64 tasks open at any time, one
// worker in a thousand events killed and replaced, its task answered by another. Returns how many
// they are. Throws std::runtime_error.
std::uint64_t write_long_history(const std::string& path, std::uint64_t events);

}  // namespace revenant::bench::goals
