// The smallest list that still fails: delta debugging.
//
// Pure but for the test that it is given: which runs the candidate as often as it takes to be sure.
#pragma once

#include <algorithm>
#include <cstddef>
#include <functional>
#include <vector>

namespace revenant::chaos {

// Whether a candidate still fails. False also where there is no more time: then what was found so
// far stands.
template <typename Item>
using StillFails = std::function<bool(const std::vector<Item>& candidate)>;

// `items` fails. Returns a part of it, in its order, that fails and of which, if there was time for
// it, no single item can be left out.
template <typename Item>
std::vector<Item> shrink_list(std::vector<Item> items, const StillFails<Item>& still_fails) {
  std::size_t parts = 2;
  while (items.size() >= 2) {
    const std::size_t size = (items.size() + parts - 1) / parts;
    bool smaller = false;
    // First each part alone, then all without it.
    for (const bool alone : {true, false}) {
      for (std::size_t begin = 0; begin < items.size() && !smaller; begin += size) {
        const std::size_t end = std::min(begin + size, items.size());
        const auto from = items.begin() + static_cast<std::ptrdiff_t>(begin);
        const auto to = items.begin() + static_cast<std::ptrdiff_t>(end);
        std::vector<Item> candidate;
        if (alone) {
          candidate.assign(from, to);
        } else {
          candidate.assign(items.begin(), from);
          candidate.insert(candidate.end(), to, items.end());
        }
        if (candidate.empty() || candidate.size() == items.size()) continue;
        if (!still_fails(candidate)) continue;
        items = std::move(candidate);
        parts = alone ? 2 : std::max<std::size_t>(parts - 1, 2);
        smaller = true;
      }
      if (smaller) break;
    }
    if (smaller) continue;
    if (parts >= items.size()) break;
    parts = std::min(2 * parts, items.size());
  }
  return items;
}

}  // namespace revenant::chaos
