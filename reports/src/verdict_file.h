// verdict.json of a run folder, as a page shows it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace revenant::reports {

// Of one kind of recovery latency, in microseconds.
struct Quantiles {
  std::uint64_t n = 0;  // how many were seen; with 0 the rest means nothing
  double p50 = 0;
  double p90 = 0;
  double p99 = 0;
  double max = 0;
};

struct Finding {
  std::string kind;  // lost, duplicated …
  std::uint64_t count = 0;
  std::vector<std::string> examples;  // ids of tasks, pids …
  std::vector<std::string> details;   // a sentence for each, where the harness gave one
  std::string explanation;
};

// Every text in it is plain (plain_text.h) but not escaped.
struct Verdict {
  std::string verdict;  // pass, fail or unknown
  std::string claim;
  std::string seed;
  std::string reproduce;  // a command line
  std::string confidence;
  std::vector<Finding> findings;
  std::vector<std::string> warnings;  // what of the history the judge did not understand
  std::vector<std::pair<std::string, std::uint64_t>>
      counts;  // in the order in which the harness writes them
  std::vector<std::pair<std::string, Quantiles>> recovery_us;  // detect, respawn …
  std::optional<double> blast_radius;  // tasks harmed a fault that had not been on its victim
  std::optional<double> calm_per_s;
  std::optional<double> chaos_per_s;

  // The count of that name, where the file has it.
  [[nodiscard]] std::optional<std::uint64_t> count(const std::string& name) const;
};

// Throws InputError if the file is not JSON or says neither pass, fail nor unknown. What else is
// missing from it is missing from the report. Examples beyond the first 20 of a finding are left.
Verdict read_verdict(const std::filesystem::path& path);

}  // namespace revenant::reports
