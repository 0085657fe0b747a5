// Everything in a run folder that a report shows.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "reports/src/history_reader.h"
#include "reports/src/moments.h"
#include "reports/src/recovery_samples.h"
#include "reports/src/run_file.h"
#include "reports/src/timeline.h"
#include "reports/src/verdict_file.h"

namespace revenant::reports {

// A run that was itself killed leaves what it had: each part may be missing, not all of them.
struct RunFolder {
  std::filesystem::path path;
  std::string name;  // the run's own, else the folder's; plain, not escaped
  std::optional<RunDescription> description;
  std::optional<Verdict> verdict;
  std::optional<Timeline> timeline;
  RecoverySamples recovery;
  std::uint64_t workers = 0;               // demanded: at the start of the chaos phase
  std::vector<Moment> moments;             // of the findings
  std::vector<UnreadableLine> unreadable;  // the first few
  std::string target_name;                 // as it said itself
  std::string ended;                       // why the run ended; empty if the history was cut
  std::string log;                         // the end of what the target wrote to standard error
  bool log_is_cut = false;                 // there was more before it
  std::vector<std::string> notes;          // what is missing or was cut, as sentences
};

// Throws InputError if the folder cannot be read or is no run folder, or if its run.json or
// verdict.json is there and unusable. Any thread.
RunFolder read_run_folder(const std::filesystem::path& path);

}  // namespace revenant::reports
