// Numbers as people read them. Pure; the decimal point is a point in every locale.
#pragma once

#include <cstdint>
#include <string>

namespace revenant::reports {

std::string count_text(std::uint64_t count);  // 20,000
std::string rate_text(double per_s);          // 6.6 M/s, 245 k/s, 87.0 /s
std::string time_text(double microseconds);   // 0.55 µs, 160 µs, 1.25 ms, 12.0 s
std::string ratio_text(double ratio);         // 0.17, 1.9, 12
std::string bytes_text(double bytes);         // 64 B, 4 KiB
std::string kib_text(double kib);             // 48 KiB, 1,200 KiB
std::string mib_text(double mib);             // 0, 16 MiB, 1 GiB
std::string bytes_rate_text(double per_s);    // 1.25 GB/s
std::string number_text(double number);       // 1024
// Such a text of a round number, without the digits that say nothing: "1.50 k/s" is "1.5 k/s".
std::string tick_text(std::string text);
std::string percent_text(double fraction);  // 95.9 %
// "2026-11-28T14:42:16Z" is "28 November 2026, 14:42:16 UTC"; any other text is as it was.
std::string time_of_day_text(const std::string& utc);

}  // namespace revenant::reports
