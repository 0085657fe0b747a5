// Where the results go: the table on the terminal and the JSON file.
#pragma once

#include <benchmark/benchmark.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace revenant::bench {

// Names as they are promised, "floor/ring_pair/payload:64": without what the library adds to tell
// how a benchmark is run, "/min_time:0.300/repeats:9/real_time".
[[nodiscard]] std::string_view plain_name(std::string_view full_name);

enum class Display { console, json, csv };

// The table has colour where `colour` says so, and no remark about the build type of the library,
// which packagers build as they like.
[[nodiscard]] std::unique_ptr<benchmark::BenchmarkReporter> make_display(Display display,
                                                                         bool colour, bool tabular);
[[nodiscard]] std::unique_ptr<benchmark::BenchmarkReporter> make_json_file();

}  // namespace revenant::bench
