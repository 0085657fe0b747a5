#include "bench/src/reporters.h"

#include <array>
#include <ostream>

// The library means to drop CSV one day; until then it is one of its formats.
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"

namespace revenant::bench {
namespace {

// Any of the library's reporters, with plain names.
template <typename Reporter>
class WithPlainNames : public Reporter {
 public:
  using Reporter::Reporter;

  void ReportRuns(const std::vector<typename Reporter::Run>& runs) override {
    std::vector<typename Reporter::Run> plain = runs;
    for (auto& run : plain) {
      run.run_name.min_time.clear();
      run.run_name.iterations.clear();
      run.run_name.repetitions.clear();
      run.run_name.time_type.clear();
    }
    Reporter::ReportRuns(plain);
  }
};

class Table : public WithPlainNames<benchmark::ConsoleReporter> {
 public:
  using WithPlainNames::WithPlainNames;

  bool ReportContext(const Context& context) override {
    std::ostream& errors = GetErrorStream();
    std::ostream nowhere(nullptr);
    SetErrorStream(&nowhere);
    const bool go_on = ConsoleReporter::ReportContext(context);
    SetErrorStream(&errors);
    return go_on;
  }
};

}  // namespace

std::string_view plain_name(std::string_view full_name) {
  static constexpr std::array<std::string_view, 5> kSuffixes{
      "/min_time:", "/iterations:", "/repeats:", "/manual_time", "/real_time"};
  std::size_t end = full_name.size();
  for (const std::string_view suffix : kSuffixes) end = std::min(end, full_name.find(suffix));
  return full_name.substr(0, end);
}

std::unique_ptr<benchmark::BenchmarkReporter> make_display(Display display, bool colour,
                                                           bool tabular) {
  switch (display) {
    case Display::json:
      return std::make_unique<WithPlainNames<benchmark::JSONReporter>>();
    case Display::csv:
      return std::make_unique<WithPlainNames<benchmark::CSVReporter>>();
    case Display::console:
      break;
  }
  const int options = (colour ? benchmark::ConsoleReporter::OO_Color : 0) |
                      (tabular ? benchmark::ConsoleReporter::OO_Tabular : 0);
  return std::make_unique<Table>(static_cast<benchmark::ConsoleReporter::OutputOptions>(options));
}

std::unique_ptr<benchmark::BenchmarkReporter> make_json_file() {
  return std::make_unique<WithPlainNames<benchmark::JSONReporter>>();
}

}  // namespace revenant::bench
