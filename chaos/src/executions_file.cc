#include "chaos/src/executions_file.h"

#include <charconv>
#include <fstream>
#include <string_view>

namespace revenant::chaos {
namespace {

constexpr std::string_view kPrefix = "task-";

}  // namespace

void record_executions(const std::string& path, Recorder& recorder) {
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) {
    if (!line.starts_with(kPrefix)) continue;
    TaskExecuted executed;
    const char* const end = line.data() + line.size();
    const auto id = std::from_chars(line.data() + kPrefix.size(), end, executed.id);
    if (id.ec != std::errc() || id.ptr == end) continue;
    std::from_chars(id.ptr + 1, end, executed.worker);
    recorder.record(executed);
  }
}

}  // namespace revenant::chaos
