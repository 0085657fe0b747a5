#include "chaos/src/checkers/finding_text.h"

#include <fmt/format.h>

#include <utility>

namespace revenant::chaos {

std::string seconds(Nanos t) { return fmt::format("{:.3f} s", static_cast<double>(t) / 1e9); }

std::string duration(Nanos d) {
  const auto ns = static_cast<double>(d);
  if (d < 999'500) return fmt::format("{:.3g} us", ns / 1e3);
  if (d < 999'500'000) return fmt::format("{:.3g} ms", ns / 1e6);
  return d < 100'000'000'000 ? fmt::format("{:.3g} s", ns / 1e9)
                             : fmt::format("{:.0f} s", ns / 1e9);
}

std::string grouped(std::uint64_t number) {
  std::string digits = fmt::format("{}", number);
  for (std::size_t i = digits.size(); i > 3; i -= 3) digits.insert(i - 3, 1, ',');
  return digits;
}

std::string counted(std::uint64_t number, std::string_view noun, std::string_view plural) {
  if (number != 1 && !plural.empty()) noun = plural;
  return fmt::format("{} {}{}", grouped(number), noun, number != 1 && plural.empty() ? "s" : "");
}

void add_example(Finding& finding, std::int64_t which, std::string detail) {
  ++finding.count;
  if (finding.examples.size() == kExamplesMax) return;
  finding.examples.push_back(which);
  finding.details.push_back(std::move(detail));
}

Finding finding_of(FindingKind kind, const Oddities& oddities, std::string_view noun,
                   std::string explanation) {
  Finding finding{.kind = kind, .explanation = std::move(explanation)};
  for (const Oddity& oddity : oddities.first) {
    add_example(finding, oddity.which,
                fmt::format("{} {} {}, at {}", noun, oddity.which, oddity.what, seconds(oddity.t)));
  }
  finding.count = oddities.count;
  return finding;
}

}  // namespace revenant::chaos
