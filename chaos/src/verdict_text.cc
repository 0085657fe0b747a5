// The verdict for people: what was decided, on what it rests, and how to see it again.
#include <fmt/format.h>

#include <cstdio>

#include "chaos/src/checkers/finding_text.h"
#include "chaos/src/throughput.h"
#include "chaos/src/utf8.h"
#include "chaos/src/verdict.h"

namespace revenant::chaos {
namespace {

constexpr std::size_t kDetailsShown = 5;

class Text {
 public:
  explicit Text(TextStyle style) : style_(style) {}

  template <typename... Args>
  void line(fmt::format_string<Args...> format, Args&&... args) {
    fmt::format_to(std::back_inserter(out_), format, std::forward<Args>(args)...);
    out_ += '\n';
  }
  [[nodiscard]] std::string marked(std::string_view text, std::string_view code) const {
    return style_.colour ? fmt::format("\x1b[{}m{}\x1b[0m", code, text) : std::string(text);
  }
  [[nodiscard]] std::string take() { return std::move(out_); }

 private:
  TextStyle style_;
  std::string out_;
};

// What a passed claim means.
std::string_view promise(Claim claim) {
  switch (claim) {
    case Claim::observe:
      return "observed; nothing was claimed";
    case Claim::reports:
      return "every task got exactly one outcome";
    case Claim::contains:
      return "every task got exactly one outcome, and only victims' tasks failed";
    case Claim::completes:
      return "every task got exactly one correct result";
  }
  return "";
}

void print_headline(Text& text, const Verdict& verdict) {
  std::string_view colour = "1;32";
  std::string word = "PASS";
  std::string why(promise(verdict.claim));
  if (verdict.ruling != Ruling::pass) {
    const bool failed = verdict.ruling == Ruling::fail;
    colour = failed ? "1;31" : "1;33";
    word = failed ? "FAIL" : "UNKNOWN";
    why.clear();
    for (const Finding& finding : verdict.findings) {
      why += (why.empty() ? "" : ", ") + std::string(to_string(finding.kind));
    }
  }
  text.line("{}  {}  (claim {}, seed {})", text.marked(word, colour), why, to_string(verdict.claim),
            verdict.seed);
}

void print_finding(Text& text, const Finding& finding) {
  text.line("");
  const bool fails = ruling_of(finding.kind) == Ruling::fail;
  text.line("  {}  {}", text.marked(to_string(finding.kind), fails ? "31" : "33"),
            printable(finding.explanation));
  const std::size_t shown = std::min(kDetailsShown, finding.details.size());
  for (std::size_t i = 0; i < shown; ++i) text.line("    {}", printable(finding.details[i]));
  if (finding.count > shown && shown > 0) {
    text.line("    and {} more", grouped(finding.count - shown));
  }
}

std::string rate_text(double per_s, std::string_view noun) {
  if (per_s <= 0) return fmt::format("not measured (under {} answers)", kResultsOfARate);
  if (per_s < 100) return fmt::format("{:.3g} {}s/s", per_s, noun);
  return fmt::format("{} {}s/s", grouped(static_cast<std::uint64_t>(per_s + 0.5)), noun);
}

void print_counts(Text& text, const Verdict& verdict) {
  const Counts& counts = verdict.counts;
  const std::string_view noun = verdict.tasks_are_probes ? "probe" : "task";
  text.line("  {}: {}, {} failed, {} open", counted(counts.tasks, noun),
            counted(counts.results, verdict.tasks_are_probes ? "answer" : "result"),
            grouped(counts.failed), grouped(counts.open));
  text.line("  {} of {} installed, {}; workers {} at the start, {} at the end",
            grouped(counts.faults_installed), counted(counts.faults_planned, "fault"),
            counted(counts.kills, "kill"), counts.workers_at_start, counts.workers_at_end);
  const BlastRadius& radius = verdict.blast_radius;
  if (counts.faults_installed > 0) {
    text.line("  blast radius {:.2f}: of {} that failed or {} lost, {} had not been on a victim",
              radius.per_fault, counted(radius.harmed, noun), radius.harmed == 1 ? "was" : "were",
              grouped(radius.innocents));
  }
  const Throughput& rate = verdict.throughput_per_s;
  if (rate.chaos > 0 || rate.calm > 0) {
    text.line("  {}under faults {}, calm {}", verdict.tasks_are_probes ? "answered " : "",
              rate_text(rate.chaos, noun), rate_text(rate.calm, noun));
  }
}

std::string cell(const Quantiles& times, double us) {
  return times.n == 0 ? std::string("-") : duration(static_cast<Nanos>(us * 1e3));
}

void print_recovery(Text& text, const RecoveryTimes& times) {
  const std::pair<std::string_view, const Quantiles*> rows[] = {
      {"detect", &times.detect},
      {"respawn", &times.respawn},
      {"first_result", &times.first_result},
      {"task", &times.task},
      {"full_capacity", &times.full_capacity},
  };
  bool any = false;
  for (const auto& [name, row] : rows) any = any || row->n > 0;
  if (!any) return;
  text.line("");
  text.line("  {:<14}{:>8}{:>10}{:>10}{:>10}{:>10}", "recovery", "n", "p50", "p90", "p99", "max");
  for (const auto& [name, row] : rows) {
    text.line("  {:<14}{:>8}{:>10}{:>10}{:>10}{:>10}", name, row->n, cell(*row, row->p50),
              cell(*row, row->p90), cell(*row, row->p99), cell(*row, row->max));
  }
}

std::string not_judged_text(const Verdict& verdict) {
  std::string text;
  for (const NotJudged& blind : verdict.not_judged) {
    text += fmt::format("{}{} ({})", text.empty() ? "" : ", ", to_string(blind.kind), blind.why);
  }
  return text;
}

}  // namespace

std::string verdict_text(const Verdict& verdict, TextStyle style) {
  Text text(style);
  print_headline(text, verdict);
  for (const Finding& finding : verdict.findings) print_finding(text, finding);
  text.line("");
  print_counts(text, verdict);
  print_recovery(text, verdict.recovery_us);
  text.line("");
  if (!verdict.confidence.empty()) text.line("  {}", verdict.confidence);
  if (!verdict.not_judged.empty()) text.line("  not judged: {}", not_judged_text(verdict));
  for (const std::string& warning : verdict.warnings)
    text.line("  warning: {}", printable(warning));
  if (!verdict.reproduce.empty()) text.line("  again:  {}", printable(verdict.reproduce));
  if (!verdict.run_folder.empty()) text.line("  folder: {}", printable(verdict.run_folder));
  return text.take();
}

void print_verdict(std::FILE* out, const Verdict& verdict, TextStyle style) {
  std::fputs(verdict_text(verdict, style).c_str(), out);
}

}  // namespace revenant::chaos
