// A set of ids in which runs of neighbours cost next to nothing.
//
// Ids are given in sequence and most tasks are soon done with, so the ids of those are a few long
// runs and the gaps of the tasks that are open. Memory: some bytes for each run and about 60 for
// each 64 ids that are in it in part; never more than a byte an id where ids are given in sequence.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <unordered_map>

namespace revenant::chaos {

class IdSet {
 public:
  // False if it was there already.
  bool insert(std::uint64_t id);
  [[nodiscard]] bool contains(std::uint64_t id) const;

  // The 64 ids from 64 * word on, one bit each, the lowest id lowest.
  [[nodiscard]] std::uint64_t bits_of(std::uint64_t word) const;
  // All that are not empty, in order.
  void for_each_word(
      const std::function<void(std::uint64_t word, std::uint64_t bits)>& visit) const;

 private:
  [[nodiscard]] bool is_whole(std::uint64_t word) const;
  void add_whole(std::uint64_t word);

  std::unordered_map<std::uint64_t, std::uint64_t> partial_;  // word to bits: some, and not all
  std::map<std::uint64_t, std::uint64_t> whole_;  // runs [first, second) of words with all 64
};

}  // namespace revenant::chaos
