// The command that repeats a run, fit to be pasted into a shell.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace revenant::chaos {

// As it stands where it is plain, else in single quotes.
[[nodiscard]] std::string shell_quoted(const std::string& word);

// `arguments` behind `revenant chaos`, with the seed that was drawn. The command is `revenant`
// where PATH finds this very program under that name, else the path of this program.
[[nodiscard]] std::string reproduce_line(const std::vector<std::string>& arguments,
                                         std::uint64_t seed);

}  // namespace revenant::chaos
