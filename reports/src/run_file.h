// run.json of a run folder: what was run, how, and on what.
#pragma once

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace revenant::reports {

// Every text in it is plain (plain_text.h) but not escaped.
struct RunDescription {
  std::string name;
  std::string started;       // ISO 8601
  std::string version;       // of revenant
  std::string command_line;  // one line that a shell would take
  std::string seed;
  std::vector<std::pair<std::string, std::string>> options;  // nested keys joined by dots
  std::vector<std::pair<std::string, std::string>> machine;  // kernel, processor, cores, memory
};

// Throws InputError if the file is not a JSON object; what it lacks is left empty.
RunDescription read_run_description(const std::filesystem::path& path);

}  // namespace revenant::reports
