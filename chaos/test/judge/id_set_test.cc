#include "chaos/src/id_set.h"

#include <gtest/gtest.h>

#include <random>
#include <set>
#include <vector>

namespace revenant::chaos {
namespace {

std::vector<std::uint64_t> ids_of(const IdSet& set) {
  std::vector<std::uint64_t> ids;
  set.for_each_word([&](std::uint64_t word, std::uint64_t bits) {
    for (std::uint64_t bit = 0; bit < 64; ++bit) {
      if ((bits >> bit & 1) != 0) ids.push_back(64 * word + bit);
    }
  });
  return ids;
}

TEST(IdSet, HoldsWhatASetHoldsInWhateverOrderItComes) {
  for (std::uint64_t seed = 1; seed <= 50; ++seed) {
    std::mt19937_64 random(seed);
    IdSet ids;
    std::set<std::uint64_t> model;
    for (int i = 0; i < 2000; ++i) {
      // Dense, so that words fill and runs grow together; now and then far away.
      const std::uint64_t id = random() % 100 == 0 ? random() : random() % 1000;
      ASSERT_EQ(ids.insert(id), model.insert(id).second) << "seed " << seed << ", id " << id;
    }
    ASSERT_EQ(ids_of(ids), std::vector<std::uint64_t>(model.begin(), model.end()));
    for (std::uint64_t id = 0; id < 1000; ++id) ASSERT_EQ(ids.contains(id), model.contains(id));
  }
}

TEST(IdSet, HoldsTheHighestId) {
  IdSet ids;
  EXPECT_TRUE(ids.insert(~std::uint64_t{0}));
  EXPECT_TRUE(ids.contains(~std::uint64_t{0}));
  EXPECT_EQ(ids_of(ids).size(), 1u);
}

}  // namespace
}  // namespace revenant::chaos
