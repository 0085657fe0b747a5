#include "chaos/src/progress.h"

#include <fmt/format.h>
#include <unistd.h>

#include <string>

#include "chaos/src/checkers/finding_text.h"

namespace revenant::chaos {
namespace {

constexpr Nanos kOnTerminal = kSecond / 5;
constexpr Nanos kElsewhere = 10 * kSecond;

}  // namespace

Progress::Progress(std::FILE* out, bool wanted)
    : out_(out),
      wanted_(wanted),
      terminal_(::isatty(::fileno(out)) == 1),
      next_(terminal_ ? kOnTerminal : kElsewhere) {}

Progress::~Progress() { clear(); }

void Progress::show(Nanos now, const State& state) {
  if (!wanted_ || now < next_) return;
  const auto elapsed = static_cast<double>(now - last_) * 1e-9;
  const auto rate = static_cast<std::uint64_t>(static_cast<double>(state.done - last_done_) /
                                               (elapsed > 0 ? elapsed : 1));
  // Shorter than the narrowest terminal: a line that wraps cannot be written over.
  const std::string line =
      fmt::format("{:6.1f} s {:<8} {:>10} tasks {:>8}/s {:>6} faults {:>4} workers",
                  static_cast<double>(now) * 1e-9, to_string(state.phase), grouped(state.done),
                  grouped(rate), grouped(state.installed), state.workers);
  // To the end of the line is erased: the line before may have been longer.
  std::fprintf(out_, terminal_ ? "\r%s\x1b[K" : "%s\n", line.c_str());
  std::fflush(out_);
  shown_ = terminal_;
  last_ = now;
  last_done_ = state.done;
  next_ = now + (terminal_ ? kOnTerminal : kElsewhere);
}

void Progress::clear() {
  if (!shown_) return;
  std::fputs("\r\x1b[K", out_);
  std::fflush(out_);
  shown_ = false;
}

}  // namespace revenant::chaos
