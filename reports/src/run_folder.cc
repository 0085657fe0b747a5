#include "reports/src/run_folder.h"

#include <algorithm>
#include <fstream>
#include <system_error>

#include "reports/src/input_error.h"
#include "reports/src/plain_text.h"

namespace revenant::reports {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kUnreadableMax = 5;
constexpr std::streamoff kLogBytesMax = 6000;

bool is_there(const fs::path& path) {
  std::error_code error;
  return fs::exists(path, error);
}

void read_history_of(const fs::path& path, RunFolder& run) {
  TimelineBuilder timeline;
  Deaths deaths;
  const Verdict none;
  MomentWatch moments(run.verdict ? *run.verdict : none);
  const HistoryExtent extent = read_history(path, [&](const HistoryEvent& event) {
    timeline.take(event);
    deaths.take(event);
    moments.take(event);
    if (const auto* line = std::get_if<UnreadableLine>(&event.what)) {
      if (run.unreadable.size() < kUnreadableMax) run.unreadable.push_back(*line);
    } else if (const auto* ready = std::get_if<TargetReady>(&event.what)) {
      run.target_name = ready->name;
    } else if (const auto* end = std::get_if<RunEnded>(&event.what)) {
      run.ended = end->why;
    }
  });
  run.timeline = timeline.finish();
  run.workers = deaths.demanded();
  run.moments = moments.moments();
  run.recovery = recovery_samples(deaths, path);
  if (!extent.cut.empty()) run.notes.push_back(extent.cut);
  if (!run.verdict) return;
  for (std::string& sentence : disagreement_with(*run.verdict, run.recovery)) {
    run.notes.push_back(std::move(sentence));
  }
}

// The end of it: what a target says last is what it died of.
void read_log_of(const fs::path& path, RunFolder& run) {
  std::ifstream file(path, std::ios::binary | std::ios::ate);
  if (!file) return;
  const std::streamoff size = file.tellg();
  if (size <= 0) return;
  const std::streamoff from = std::max<std::streamoff>(0, size - kLogBytesMax);
  file.seekg(from);
  std::string text(static_cast<std::size_t>(size - from), '\0');
  file.read(text.data(), size - from);
  text.resize(static_cast<std::size_t>(file.gcount()));
  if (from > 0) {
    run.log_is_cut = true;
    if (const std::size_t line = text.find('\n'); line != text.npos) text.erase(0, line + 1);
  }
  run.log = plain_text(text, 3 * kLogBytesMax, LineBreaks::kept);
}

// A folder is named "2026-11-24T03-40-00-four-workers"; "latest" is a link to one.
std::string name_of(const fs::path& path) {
  std::error_code error;
  const fs::path real = fs::canonical(path, error);
  return plain_text((error ? path : real).filename().string(), 200);
}

}  // namespace

RunFolder read_run_folder(const fs::path& path) {
  std::error_code error;
  if (!fs::is_directory(path, error)) throw InputError(path.string(), "is not a folder");
  const fs::path run_file = path / "run.json";
  const fs::path history_file = path / "history.jsonl";
  const fs::path verdict_file = path / "verdict.json";
  const bool has_history = is_there(history_file);
  const bool has_verdict = is_there(verdict_file);
  if (!has_history && !has_verdict) {
    throw InputError(path.string(),
                     "has neither history.jsonl nor verdict.json, and holds no folder that has; "
                     "give one that `revenant chaos` wrote, such as revenant-runs/latest");
  }
  RunFolder run;
  run.path = path;
  run.name = name_of(path);
  if (is_there(run_file)) {
    run.description = read_run_description(run_file);
    if (!run.description->name.empty()) run.name = run.description->name;
  } else {
    run.notes.emplace_back("There is no run.json: options and machine are not known.");
  }
  if (has_verdict) {
    run.verdict = read_verdict(verdict_file);
  } else {
    run.notes.emplace_back("There is no verdict.json: the run was ended before it was judged.");
  }
  if (has_history) {
    read_history_of(history_file, run);
  } else {
    run.notes.emplace_back("There is no history.jsonl: nothing can be shown over time.");
  }
  read_log_of(path / "target.stderr", run);
  return run;
}

}  // namespace revenant::reports
