#include "reports/src/compare/counters.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "reports/src/compare/glob.h"

namespace revenant::reports::compare {
namespace {

bool matches_any(const std::vector<std::string>& patterns, const std::string& figure) {
  return std::any_of(patterns.begin(), patterns.end(),
                     [&](const std::string& pattern) { return glob_matches(pattern, figure); });
}

// p50, p99, p999
bool is_quantile(std::string_view word) {
  return word.size() >= 3 && word.front() == 'p' &&
         std::all_of(word.begin() + 1, word.end(),
                     [](unsigned char c) { return std::isdigit(c) != 0; });
}

std::optional<CounterKind> kind_by_name(std::string_view counter) {
  if (counter == "bytes_per_second") return CounterKind{Better::more, Unit::bytes_per_second, true};
  if (counter.ends_with("per_second") || counter.ends_with("_per_s")) {
    return CounterKind{Better::more, Unit::per_second, true};
  }
  const std::size_t underscore = counter.rfind('_');
  const auto last = underscore == counter.npos ? counter : counter.substr(underscore + 1);
  if (is_quantile(last)) return CounterKind{Better::less, Unit::plain, true};
  if (underscore == counter.npos) return std::nullopt;
  if (last == "us") return CounterKind{Better::less, Unit::microseconds, false};
  constexpr std::array kLess = {"ns", "ms", "s", "seconds", "bytes", "kib", "mib"};
  const bool is_less = std::find(kLess.begin(), kLess.end(), last) != kLess.end();
  if (is_less || counter.ends_with("_per_task")) return CounterKind{};
  return std::nullopt;
}

}  // namespace

std::optional<CounterKind> kind_of_counter(std::string_view counter, const std::string& figure,
                                           const CounterRules& rules) {
  std::optional<CounterKind> kind = kind_by_name(counter);
  const bool is_more = matches_any(rules.more_is_better, figure);
  if (is_more || matches_any(rules.less_is_better, figure)) {
    if (!kind) kind.emplace();
    kind->better = is_more ? Better::more : Better::less;
  }
  return kind;
}

}  // namespace revenant::reports::compare
