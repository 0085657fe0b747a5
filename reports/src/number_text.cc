#include "reports/src/number_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

namespace revenant::reports {
namespace {

// Three significant digits: more would be noise in anything that was measured.
std::string three_digits(double value) {
  if (value == 0) return "0";
  const double size = std::fabs(value);
  if (size >= 1e6) return fmt::format("{:.2e}", value);  // no unit is large enough for it
  if (size >= 99.95) return fmt::format("{:.0f}", value);
  if (size >= 9.995) return fmt::format("{:.1f}", value);
  if (size >= 0.0095) return fmt::format("{:.2f}", value);
  return fmt::format("{:.1g}", value);
}

}  // namespace

std::string count_text(std::uint64_t count) {
  if (count < 1000) return fmt::format("{}", count);
  return fmt::format("{},{:03}", count_text(count / 1000), count % 1000);
}

std::string rate_text(double per_s) {
  if (per_s >= 999.5e6) return three_digits(per_s / 1e9) + " G/s";
  if (per_s >= 999.5e3) return three_digits(per_s / 1e6) + " M/s";
  if (per_s >= 999.5) return three_digits(per_s / 1e3) + " k/s";
  return three_digits(per_s) + " /s";
}

std::string time_text(double microseconds) {
  if (microseconds >= 999.5e3) return three_digits(microseconds / 1e6) + " s";
  if (microseconds >= 999.5) return three_digits(microseconds / 1e3) + " ms";
  return three_digits(microseconds) + " \u00B5s";
}

std::string ratio_text(double ratio) {
  if (!std::isfinite(ratio)) return "\u2013";
  return ratio >= 9.95    ? fmt::format("{:.0f}", ratio)
         : ratio >= 0.995 ? fmt::format("{:.1f}", ratio)
                          : three_digits(ratio);
}

std::string bytes_text(double bytes) {
  constexpr std::array kUnits = {"B", "KiB", "MiB", "GiB"};
  std::size_t unit = 0;
  while (bytes >= 1024 && unit + 1 < kUnits.size()) {
    bytes /= 1024;
    ++unit;
  }
  return fmt::format("{:.4g} {}", bytes, kUnits[unit]);
}

std::string kib_text(double kib) {
  return count_text(static_cast<std::uint64_t>(std::llround(std::max(kib, 0.0)))) + " KiB";
}

std::string mib_text(double mib) { return mib == 0 ? "0" : bytes_text(mib * 1024 * 1024); }

std::string bytes_rate_text(double per_s) {
  if (per_s >= 999.5e6) return three_digits(per_s / 1e9) + " GB/s";
  if (per_s >= 999.5e3) return three_digits(per_s / 1e6) + " MB/s";
  if (per_s >= 999.5) return three_digits(per_s / 1e3) + " kB/s";
  return three_digits(per_s) + " B/s";
}

std::string number_text(double number) { return fmt::format("{:.10g}", number); }

std::string tick_text(std::string text) {
  const std::size_t end = std::min(text.find(' '), text.size());
  std::size_t keep = end;
  if (text.find('.') < end) {
    while (text[keep - 1] == '0') --keep;
    if (text[keep - 1] == '.') --keep;
  }
  text.erase(keep, end - keep);
  return text;
}

std::string percent_text(double fraction) { return fmt::format("{:.1f} %", 100 * fraction); }

std::string time_of_day_text(const std::string& utc) {
  constexpr std::array kMonths = {"January",   "February", "March",    "April",
                                  "May",       "June",     "July",     "August",
                                  "September", "October",  "November", "December"};
  constexpr std::string_view kForm = "0000-00-00T00:00:00Z";
  const auto fits = [](char c, char form) {
    return form == '0' ? c >= '0' && c <= '9' : c == form;
  };
  if (!std::ranges::equal(utc, kForm, fits)) return utc;
  const auto two = [&](std::size_t at) { return (utc[at] - '0') * 10 + (utc[at + 1] - '0'); };
  const auto month = static_cast<std::size_t>(two(5));
  if (month < 1 || month > kMonths.size()) return utc;
  return fmt::format("{} {} {}, {} UTC", two(8), kMonths[month - 1], utc.substr(0, 4),
                     utc.substr(11, 8));
}

}  // namespace revenant::reports
