// verdict.json: keys that tools rely on are fixed in chaos/README.md; more may be added, none
// changed.
#include <cmath>
#include <nlohmann/json.hpp>

#include "chaos/src/verdict.h"
#include "chaos/src/write_whole.h"

namespace revenant::chaos {
namespace {

using Json = nlohmann::ordered_json;

// Three decimals of a microsecond are nanoseconds, which is what was measured.
double rounded(double value) { return std::round(value * 1000) / 1000; }

Json json_of(const Quantiles& times) {
  return {{"n", times.n},
          {"p50", rounded(times.p50)},
          {"p90", rounded(times.p90)},
          {"p99", rounded(times.p99)},
          {"max", rounded(times.max)}};
}

Json json_of(const Finding& finding) {
  return {{"kind", to_string(finding.kind)},
          {"count", finding.count},
          {"examples", finding.examples},
          {"explanation", finding.explanation},
          {"details", finding.details}};
}

Json json_of(const Counts& counts) {
  return {{"tasks", counts.tasks},
          {"results", counts.results},
          {"failed", counts.failed},
          {"lost", counts.lost},
          {"open", counts.open},
          {"duplicated", counts.duplicated},
          {"corrupted", counts.corrupted},
          {"unexpected", counts.unexpected},
          {"faults_planned", counts.faults_planned},
          {"faults_installed", counts.faults_installed},
          {"kills", counts.kills},
          {"workers_at_start", counts.workers_at_start},
          {"workers_at_end", counts.workers_at_end}};
}

}  // namespace

std::string verdict_json(const Verdict& verdict) {
  Json json = {{"verdict", to_string(verdict.ruling)},
               {"claim", to_string(verdict.claim)},
               {"seed", verdict.seed},
               {"reproduce", verdict.reproduce},
               {"findings", Json::array()},
               {"counts", json_of(verdict.counts)}};
  for (const Finding& finding : verdict.findings) json["findings"].push_back(json_of(finding));
  json["recovery_us"] = {{"detect", json_of(verdict.recovery_us.detect)},
                         {"respawn", json_of(verdict.recovery_us.respawn)},
                         {"first_result", json_of(verdict.recovery_us.first_result)},
                         {"task", json_of(verdict.recovery_us.task)},
                         {"full_capacity", json_of(verdict.recovery_us.full_capacity)}};
  json["throughput_per_s"] = {{"calm", rounded(verdict.throughput_per_s.calm)},
                              {"chaos", rounded(verdict.throughput_per_s.chaos)}};
  json["blast_radius"] = {{"harmed", verdict.blast_radius.harmed},
                          {"innocents", verdict.blast_radius.innocents},
                          {"per_fault", rounded(verdict.blast_radius.per_fault)}};
  json["confidence"] = verdict.confidence;
  json["not_judged"] = Json::array();
  for (const NotJudged& blind : verdict.not_judged) {
    json["not_judged"].push_back({{"kind", to_string(blind.kind)}, {"why", blind.why}});
  }
  json["warnings"] = verdict.warnings;
  json["run_folder"] = verdict.run_folder;
  // A process may have any bytes in its name.
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string write_verdict_json(const Verdict& verdict, const std::string& path) {
  return write_whole(path, verdict_json(verdict));
}

}  // namespace revenant::chaos
