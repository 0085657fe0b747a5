#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "reports/src/charts.h"
#include "reports/src/number_text.h"
#include "reports/src/page_data.h"
#include "reports/src/plain_text.h"

namespace revenant::reports {
namespace {

// Below that many kills the 99th percentile has no 95 % interval: its upper end would lie beyond
// the greatest value (0.99^n > 0.025 for n < 368).
constexpr std::uint64_t kKillsForP99 = 368;

const char* claim_text(std::string_view claim) {
  if (claim == "observe") return "nothing is demanded of the target; the run is recorded";
  if (claim == "reports") return "every task gets exactly one outcome, none is silently lost";
  if (claim == "contains") {
    return "every task gets exactly one outcome, and only a task that was on a killed worker may "
           "fail";
  }
  if (claim == "completes") return "every task gets exactly one correct result";
  return "";
}

std::string statement_of(const Verdict& verdict) {
  if (verdict.verdict == "pass") return "The claim held.";
  const std::string kinds = kinds_of(verdict);
  const std::string what =
      verdict.verdict == "unknown" ? "The run cannot support a verdict" : "The claim did not hold";
  return kinds.empty() ? what + "." : what + ": " + kinds + ".";
}

// "p < 0.35 %" is not to be broken within.
std::string with_bound_percent(std::string text) {
  for (const std::string_view loose : {" %", " <", "< "}) {
    for (std::size_t at = text.find(loose); at != text.npos; at = text.find(loose, at)) {
      text.replace(text.find(' ', at), 1, "\u00A0");
    }
  }
  return text;
}

void add_verdict(const RunSection& section, PageData& data) {
  const RunFolder& run = section.run;
  const bool judged = run.verdict.has_value();
  const std::string word = verdict_word(section);
  data["verdict"] = word == "none" ? "no verdict" : word;
  data["verdict_class"] = word;
  data["verdict_mark"] = verdict_mark(word);
  const std::string of_claim = judged ? statement_of(*run.verdict) : "The run was not judged.";
  data["statement"] = section.demands ? statement_of(*section.demands) : of_claim;
  data["has_thresholds"] = section.demands.has_value();
  data["thresholds"] = section.demands ? thresholds_data(*section.demands) : PageData::list();
  data["confidence"] = text_or_false(judged ? with_bound_percent(run.verdict->confidence) : "");
  data["has_claim"] = judged && !run.verdict->claim.empty();
  data["claim"] = judged ? run.verdict->claim : "";
  data["claim_text"] = judged ? claim_text(run.verdict->claim) : "";
  data["of_claim"] = text_or_false(section.demands ? of_claim : "");
}

std::string counted(const Verdict& verdict, const char* name) {
  const auto count = verdict.count(name);
  return count ? count_text(*count) : "\u2013";
}

// The numbers that the verdict rests on.
PageData key_figures(const Verdict& verdict) {
  PageData list = PageData::list();
  list.push_back(figure_data(
      "tasks", counted(verdict, "tasks"),
      counted(verdict, "results") + (verdict.count("results") == 1 ? " result" : " results")));
  for (const char* bad : {"lost", "failed", "duplicated", "corrupted", "unexpected"}) {
    const auto count = verdict.count(bad);
    const bool always = std::string_view(bad) == "lost";
    if (count && (*count > 0 || always)) {
      list.push_back(figure_data(bad, count_text(*count), "", *count > 0));
    }
  }
  list.push_back(figure_data("faults installed", counted(verdict, "faults_installed"),
                             "of " + counted(verdict, "faults_planned") + " planned"));
  list.push_back(figure_data("kills", counted(verdict, "kills"), ""));
  list.push_back(figure_data("workers at the end", counted(verdict, "workers_at_end"),
                             counted(verdict, "workers_at_start") + " at the start"));
  if (verdict.chaos_per_s.value_or(0) > 0) {  // 0: there was not enough to measure
    const double calm = verdict.calm_per_s.value_or(0);
    list.push_back(figure_data("tasks under fire", rate_text(*verdict.chaos_per_s),
                               calm > 0 ? rate_text(calm) + " in the calm" : "calm not measured"));
  }
  if (verdict.blast_radius.value_or(0) > 0) {
    list.push_back(figure_data("blast radius", fmt::format("{:.2f}", *verdict.blast_radius),
                               "tasks a fault, not on its victim", true));
  }
  return list;
}

// The picture of what happened around a finding, and the same in sentences.
PageData moment_data(const RunSection& section, std::size_t finding) {
  PageData list = PageData::list();
  const auto& moments = section.run.moments;
  for (std::size_t i = 0; i < moments.size(); ++i) {
    if (moments[i].finding != finding) continue;
    PageData lines = PageData::list();
    for (const MomentLine& line : lines_of(moments[i])) {
      PageData entry;
      entry["at"] = line.to_the_end ? std::string("to the end")
                                    : fmt::format("{:.3f} s", static_cast<double>(line.at) * 1e-9);
      entry["text"] = line.text;
      lines.push_back(entry);
    }
    PageData moment;
    moment["chart"] = chart_data(section.drawing, moment_name(i));
    moment["lines"] = lines;
    list.push_back(moment);
  }
  return list;
}

PageData findings_data(const RunSection& section, const Verdict& verdict) {
  PageData list = PageData::list();
  for (const Finding& finding : verdict.findings) {
    PageData entry;
    PageData moments = moment_data(section, list.size());
    const bool has_story = !moments.empty();
    entry["moments"] = std::move(moments);
    entry["kind"] = finding.kind;
    entry["count"] = count_text(finding.count);
    entry["explanation"] = finding.explanation;
    entry["spans"] = spans_data(finding.explanation);
    // A sentence for each example says more than its number alone.
    const bool needs_examples = finding.details.empty() && !finding.examples.empty();
    entry["examples"] =
        text_or_false(needs_examples ? fmt::format("{}", fmt::join(finding.examples, ", ")) : "");
    entry["details"] = sentences_data(finding.details);
    const bool is_single = finding.details.size() == 1;
    entry["only_detail"] = text_or_false(is_single && !has_story ? finding.details.front() : "");
    entry["has_details"] = !finding.details.empty() && !is_single;
    entry["details_shown"] =
        finding.details.size() < finding.count
            ? fmt::format("The first {} of {}", finding.details.size(), count_text(finding.count))
            : std::string("Each of them");
    list.push_back(entry);
  }
  return list;
}

const char* stage_text(std::string_view stage) {
  if (stage == "detect") return "the dead worker was reaped";
  if (stage == "respawn") return "its place was filled again, 0 if a spare was there";
  if (stage == "first_result") return "any task had a result again";
  if (stage == "task") return "the task that the victim was running was done";
  if (stage == "full_capacity") return "all workers were alive, at 95\u00A0% of the rate or more";
  return "";
}

PageData recovery_data(const Verdict& verdict) {
  PageData list = PageData::list();
  for (const auto& [stage, times] : verdict.recovery_us) {
    if (times.n == 0) continue;
    PageData row;
    std::string name = stage;
    std::replace(name.begin(), name.end(), '_', ' ');
    row["stage"] = name;
    row["stage_text"] = stage_text(stage);
    row["n"] = count_text(times.n);
    row["p50"] = time_text(times.p50);
    row["p90"] = time_text(times.p90);
    row["p99"] = time_text(times.p99);
    row["max"] = time_text(times.max);
    row["p99_is_weak"] = times.n < kKillsForP99;
    list.push_back(row);
  }
  return list;
}

bool has_weak_p99(const Verdict& verdict) {
  return std::any_of(verdict.recovery_us.begin(), verdict.recovery_us.end(), [](const auto& stage) {
    return stage.second.n > 0 && stage.second.n < kKillsForP99;
  });
}

PageData unreadable_data(const RunFolder& run) {
  PageData list = PageData::list();
  for (const UnreadableLine& line : run.unreadable) {
    PageData entry;
    entry["line"] = count_text(line.line);
    entry["why"] = line.why;
    entry["sample"] = line.sample;
    list.push_back(entry);
  }
  return list;
}

void add_origin(const RunFolder& run, PageData& data) {
  const RunDescription origin = run.description.value_or(RunDescription{});
  data["started"] = text_or_false(time_of_day_text(origin.started));
  data["started_at"] = origin.started;
  data["version"] = text_or_false(origin.version);
  data["target"] = text_or_false(run.target_name);
  data["ended"] = text_or_false(run.ended);
  data["command_line"] = text_or_false(origin.command_line);
  data["has_facts"] = run.description.has_value() || !run.target_name.empty() ||
                      !run.ended.empty() || run.verdict.has_value();
  data["options"] = facts_data(origin.options);
  data["has_options"] = !origin.options.empty();
  data["machine"] = facts_data(origin.machine);
  data["has_machine"] = !origin.machine.empty();
  data["seed"] =
      text_or_false(run.verdict && !run.verdict->seed.empty() ? run.verdict->seed : origin.seed);
  data["reproduce"] = text_or_false(run.verdict ? run.verdict->reproduce : "");
}

}  // namespace

PageData run_data(const RunSection& section, const std::string& id) {
  const RunFolder& run = section.run;
  const Verdict none;
  const Verdict& verdict = run.verdict ? *run.verdict : none;
  PageData data;
  data["id"] = id;
  data["name"] = run.name;
  data["short_name"] = with_its_middle_cut(run.name, 60);
  add_verdict(section, data);
  PageData figures = run.verdict ? key_figures(verdict) : PageData::list();
  data["are_many"] = figures.size() > 6;  // two rows that are even
  data["figures"] = std::move(figures);
  data["has_figures"] = run.verdict.has_value();
  data["findings"] = findings_data(section, verdict);
  data["has_findings"] = !verdict.findings.empty();
  data["recovery"] = recovery_data(verdict);
  const bool has_times = std::any_of(verdict.recovery_us.begin(), verdict.recovery_us.end(),
                                     [](const auto& stage) { return stage.second.n > 0; });
  data["has_recovery_table"] = has_times;
  data["weak_p99"] = has_weak_p99(verdict);
  data["timeline"] = chart_data(section.drawing, "timeline");
  data["latency"] = chart_data(section.drawing, "recovery-latency");
  data["has_recovery"] = has_times || !run.recovery.empty();
  data["unreadable"] = unreadable_data(run);
  data["has_unreadable"] = !run.unreadable.empty();
  data["log"] = text_or_false(run.log);
  data["log_is_cut"] = run.log_is_cut;
  add_origin(run, data);
  std::vector<std::string> notes = run.notes;
  notes.insert(notes.end(), verdict.warnings.begin(), verdict.warnings.end());
  notes.insert(notes.end(), section.drawing.problems.begin(), section.drawing.problems.end());
  data["notes"] = sentences_data(notes);
  data["has_notes"] = !notes.empty();
  return data;
}

}  // namespace revenant::reports
