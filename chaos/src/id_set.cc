#include "chaos/src/id_set.h"

#include <iterator>

namespace revenant::chaos {
namespace {

constexpr std::uint64_t kAll = ~std::uint64_t{0};

std::uint64_t bit_of(std::uint64_t id) { return std::uint64_t{1} << (id % 64); }

}  // namespace

bool IdSet::insert(std::uint64_t id) {
  const std::uint64_t word = id / 64;
  const auto [partial, is_new] = partial_.try_emplace(word, 0);
  if (is_new && is_whole(word)) {
    partial_.erase(partial);
    return false;
  }
  if ((partial->second & bit_of(id)) != 0) return false;
  partial->second |= bit_of(id);
  if (partial->second == kAll) {
    partial_.erase(partial);
    add_whole(word);
  }
  return true;
}

bool IdSet::contains(std::uint64_t id) const { return (bits_of(id / 64) & bit_of(id)) != 0; }

std::uint64_t IdSet::bits_of(std::uint64_t word) const {
  const auto partial = partial_.find(word);
  if (partial != partial_.end()) return partial->second;
  return is_whole(word) ? kAll : 0;
}

bool IdSet::is_whole(std::uint64_t word) const {
  const auto behind = whole_.upper_bound(word);
  return behind != whole_.begin() && word < std::prev(behind)->second;
}

void IdSet::add_whole(std::uint64_t word) {
  const auto behind = whole_.upper_bound(word);
  const bool joins_next = behind != whole_.end() && behind->first == word + 1;
  const std::uint64_t end = joins_next ? behind->second : word + 1;
  const bool joins_last = behind != whole_.begin() && std::prev(behind)->second == word;
  if (joins_last) {
    std::prev(behind)->second = end;
  } else {
    whole_.emplace_hint(behind, word, end);
  }
  if (joins_next) whole_.erase(behind);
}

void IdSet::for_each_word(
    const std::function<void(std::uint64_t word, std::uint64_t bits)>& visit) const {
  const std::map<std::uint64_t, std::uint64_t> partial(partial_.begin(), partial_.end());
  auto next = partial.begin();
  const auto visit_before = [&](std::uint64_t word) {
    for (; next != partial.end() && next->first < word; ++next) visit(next->first, next->second);
  };
  for (const auto& [begin, end] : whole_) {
    visit_before(begin);
    for (std::uint64_t word = begin; word < end; ++word) visit(word, kAll);
  }
  visit_before(kAll);
}

}  // namespace revenant::chaos
