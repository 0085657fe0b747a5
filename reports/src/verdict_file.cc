#include "reports/src/verdict_file.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "reports/src/input_error.h"
#include "reports/src/json_file.h"
#include "reports/src/plain_text.h"

namespace revenant::reports {
namespace {

using nlohmann::json;

constexpr std::size_t kFindingsMax = 100;
constexpr std::size_t kExamplesMax = 20;

constexpr std::array kCounts = {"tasks",      "results",          "failed",
                                "lost",       "duplicated",       "corrupted",
                                "unexpected", "faults_planned",   "faults_installed",
                                "kills",      "workers_at_start", "workers_at_end"};
constexpr std::array kRecoveries = {"detect", "respawn", "first_result", "task", "full_capacity"};

// The first few values of a list.
std::vector<std::string> texts_at(const json& object, const char* key) {
  std::vector<std::string> texts;
  for (const json& value : list_at(object, key)) {
    if (texts.size() == kExamplesMax) break;
    texts.push_back(shown_value(value));
  }
  return texts;
}

std::vector<Finding> read_findings(const json& file) {
  std::vector<Finding> findings;
  for (const json& entry : list_at(file, "findings")) {
    if (!entry.is_object() || findings.size() == kFindingsMax) continue;
    Finding finding;
    finding.kind = text_at(entry, "kind");
    finding.count = count_at(entry, "count").value_or(0);
    finding.explanation = text_at(entry, "explanation");
    finding.examples = texts_at(entry, "examples");
    finding.details = texts_at(entry, "details");
    findings.push_back(std::move(finding));
  }
  return findings;
}

std::string seed_of(const json& file) {
  const auto seed = file.find("seed");
  return seed == file.end() ? std::string() : shown_value(*seed);
}

}  // namespace

std::optional<std::uint64_t> Verdict::count(const std::string& name) const {
  const auto found = std::find_if(counts.begin(), counts.end(),
                                  [&](const auto& entry) { return entry.first == name; });
  return found == counts.end() ? std::nullopt : std::optional(found->second);
}

Verdict read_verdict(const std::filesystem::path& path) {
  const json file = read_json_file(path);
  Verdict verdict;
  verdict.verdict = text_at(file, "verdict");
  if (verdict.verdict != "pass" && verdict.verdict != "fail" && verdict.verdict != "unknown") {
    throw InputError(path.string(),
                     "\"verdict\" has to be \"pass\", \"fail\" or \"unknown\"; is this the "
                     "verdict.json of a revenant run?");
  }
  verdict.claim = text_at(file, "claim");
  verdict.seed = seed_of(file);
  verdict.reproduce = text_at(file, "reproduce");
  verdict.confidence = text_at(file, "confidence");
  verdict.findings = read_findings(file);
  verdict.warnings = texts_at(file, "warnings");
  const json& counts = object_at(file, "counts");
  for (const char* name : kCounts) {
    if (const auto count = count_at(counts, name)) verdict.counts.emplace_back(name, *count);
  }
  const json& recovery = object_at(file, "recovery_us");
  for (const char* name : kRecoveries) {
    const json& of = object_at(recovery, name);
    if (of.empty()) continue;
    verdict.recovery_us.emplace_back(
        name, Quantiles{count_at(of, "n").value_or(0), number_at(of, "p50").value_or(0),
                        number_at(of, "p90").value_or(0), number_at(of, "p99").value_or(0),
                        number_at(of, "max").value_or(0)});
  }
  const json& throughput = object_at(file, "throughput_per_s");
  verdict.blast_radius = number_at(object_at(file, "blast_radius"), "per_fault");
  verdict.calm_per_s = number_at(throughput, "calm");
  verdict.chaos_per_s = number_at(throughput, "chaos");
  return verdict;
}

}  // namespace revenant::reports
