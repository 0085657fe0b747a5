#include "reports/src/compare/command_under_test.h"

#include <fstream>
#include <utility>

#include "reports/src/compare/bench_samples.h"
#include "reports/src/input_error.h"

namespace revenant::reports::compare {
namespace {

constexpr std::string_view kPlaceholder = "{out}";

}  // namespace

CommandUnderTest::CommandUnderTest(std::string text, std::filesystem::path scratch,
                                   const CounterRules& rules, const Interrupt& interrupt)
    : text_(std::move(text)),
      output_(scratch / "stdout"),
      file_(scratch / "out.json"),
      errors_(scratch / "stderr"),
      rules_(rules),
      interrupt_(interrupt) {
  for (std::size_t at = 0; (at = text_.find(kPlaceholder, at)) != text_.npos;) {
    text_.replace(at, kPlaceholder.size(), file_.string());
    at += file_.string().size();
    says_ = Says::json_in_file;
  }
}

// The first character that is not white: a benchmark that was asked for JSON prints nothing else.
bool CommandUnderTest::has_printed_json() const {
  std::ifstream in(output_);
  char first = '\0';
  return static_cast<bool>(in >> first) && first == '{';
}

CommandUnderTest::Run CommandUnderTest::run(Clock::time_point deadline) {
  std::filesystem::remove(file_);  // what an earlier run wrote is no result of this one
  // Once it is known that only the time counts, its output need not be written anywhere.
  const auto output = says_ == Says::nothing ? std::filesystem::path("/dev/null") : output_;
  const ShellRun run = run_in_shell({text_, output, errors_}, deadline, interrupt_);
  if (run.end == RunEnd::failed) throw InputError("the command `" + text_ + "`", run.how);
  if (run.end != RunEnd::done) return {run.end, {}};
  if (says_ == Says::unknown) says_ = has_printed_json() ? Says::json_in_output : Says::nothing;
  if (says_ == Says::nothing) {
    Side side;
    side.figures["wall_time"] = {Better::less, Unit::microseconds, {run.wall_us}};
    return {RunEnd::done, std::move(side)};
  }
  try {
    return {RunEnd::done, read_bench_samples(says_ == Says::json_in_file ? file_ : output_,
                                             SampleOf::input, rules_)};
  } catch (const InputError& error) {
    throw InputError("what the command `" + text_ + "` gave", error.what());
  }
}

}  // namespace revenant::reports::compare
