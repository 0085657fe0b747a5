// Something that can happen without bound: counted, and the first few kept.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "chaos/src/history.h"

namespace revenant::chaos {

inline constexpr std::size_t kExamplesMax = 10;

struct Oddity {
  std::int64_t which = 0;  // id of the task, pid or line
  Nanos t = 0;
  std::string what;  // completes "task 17 …" or "line 3 …"
};
struct Oddities {
  std::uint64_t count = 0;
  std::vector<Oddity> first;
  void add(Oddity oddity) {
    if (++count <= kExamplesMax) first.push_back(std::move(oddity));
  }
};

}  // namespace revenant::chaos
