#include "revenant/chaos/run.h"

#include <fmt/format.h>

#include <exception>
#include <system_error>

#include "chaos/src/attach.h"
#include "chaos/src/executions_file.h"
#include "chaos/src/option_text.h"
#include "chaos/src/phases.h"
#include "chaos/src/plan.h"
#include "chaos/src/recorder.h"
#include "chaos/src/run_folder.h"
#include "chaos/src/run_record.h"
#include "chaos/src/session.h"
#include "chaos/src/tree_text.h"
#include "chaos/src/verdict.h"
#include "chaos/src/without_protocol.h"
#include "chaos/src/workload.h"
#include "pool/os/proc.h"

namespace revenant::chaos {
namespace {

std::string name_of_run(const RunOptions& options) {
  if (!options.name.empty()) return options.name;
  if (options.command.empty()) {
    const auto stat = os::read_proc_stat(options.attach_to);
    return stat && !stat->name.empty() ? stat->name : std::to_string(options.attach_to);
  }
  const std::string& program = options.command.front();
  return program.substr(program.rfind('/') + 1);
}

// In the history.
std::string_view word_of(TargetKind kind) {
  switch (kind) {
    case TargetKind::speaks_protocol:
      return "";
    case TargetKind::program:
      return "program";
    case TargetKind::attached:
      return "attached";
  }
  return "";
}

RunStarted describe(const RunOptions& options) {
  return {.claim = std::string(to_string(options.claim)),
          .seed = options.seed,
          .recover_within = std::chrono::nanoseconds(options.recover_within).count(),
          .stall_after = std::chrono::nanoseconds(options.stall_after).count(),
          .faults_min = faults_demanded(options),
          .faults_planned = count_planned(options),
          .task_time = task_time(options).count(),
          .executions = options.executions == Executions::unchecked
                            ? std::string()
                            : std::string(to_string(options.executions)),
          .without_protocol = std::string(word_of(options.target_kind))};
}

// What someone needs whose program has not said a word that is understood.
std::string describe_protocol() {
  return R"(a target writes {"type":"ready"} to its standard output when it can take tasks, a line of )"
         "JSON each (chaos/PROTOCOL.md); a program that speaks no protocol goes with --no-protocol";
}

// What someone needs who meant other processes than those that were found.
std::string describe_tree(Session& session) {
  std::string tree =
      tree_text(session.tree(), [](const Member& member) { return member.is_selected; });
  tree.pop_back();  // the last newline
  return fmt::format(
      "no worker was found to be hit below the target, process {}; choose with --workers:\n{}",
      session.tree().main_pid(), tree);
}

struct Ended {
  RunEnded event;
  std::string last_words;
  bool said_ready = false;
  std::optional<int> status;
  std::vector<std::string> notes;
};

Ended run_session(const RunOptions& options, const RunFolder& folder, Recorder& recorder) {
  Session session(options, folder, recorder);
  Ended ended;
  const bool speaks_protocol = options.target_kind == TargetKind::speaks_protocol;
  ended.event = conduct(session, options, [&] {
    if (!session.ready()) {
      if (speaks_protocol) ended.notes.push_back(describe_protocol());
    } else if (session.workers().strength() == 0 ||
               (session.workers().alive_count() == 0 && session.injector().installed() == 0)) {
      ended.notes.push_back(describe_tree(session));
    }
  });
  ended.said_ready = session.ready().has_value();
  if (session.has_exited()) ended.status = session.exit_status();
  const bool clean = session.has_exited() && session.exit_status() == 0;
  if (!clean || !session.ready() || session.input_was_closed_by_target()) {
    ended.last_words = session.log().last_words();
  }
  if (session.tree().open_error() != 0) {
    ended.notes.push_back(fmt::format("some processes could not be watched: {}",
                                      std::system_category().message(session.tree().open_error())));
  }
  return ended;
}

// A run that breaks off leaves a history that says so.
Ended run_recorded(const RunOptions& options, const RunFolder& folder, Recorder& recorder) {
  try {
    Ended ended = run_session(options, folder, recorder);
    if (options.executions != Executions::unchecked) {
      record_executions(folder.file("record.txt"), recorder);
    }
    recorder.record(ended.event);
    return ended;
  } catch (const std::exception& error) {
    recorder.record(RunEnded{.why = error.what(), .interrupted = true});
    recorder.flush();
    throw;
  }
}

void add_note(std::vector<std::string>& notes, std::string note) {
  if (!note.empty()) notes.push_back(std::move(note));
}

}  // namespace

RunResult run(const RunOptions& given) {
  const RunOptions options = with_probe_tasks(given);
  check_options(options);
  if (options.target_kind == TargetKind::attached) {
    static_cast<void>(open_attachable(options.attach_to));
  } else {
    static_cast<void>(
        find_program(options.command.empty() ? std::string() : options.command.front()));
  }
  const std::string name = name_of_run(options);
  const RunFolder folder = RunFolder::create(options.out, name);
  write_run_record(folder.file("run.json"), options, name);

  Recorder recorder(folder.file("history.jsonl"));
  recorder.record(describe(options));
  Ended ended = run_recorded(options, folder, recorder);
  recorder.flush();
  if (!recorder.error().empty()) throw std::runtime_error(recorder.error());

  RunResult result;
  JudgedFile judged = judge_file(folder.file("history.jsonl"));
  result.verdict = std::move(judged.verdict);
  result.verdict.reproduce = options.reproduce.empty()
                                 ? fmt::format("the same RunOptions with .seed = {}", options.seed)
                                 : options.reproduce;
  result.verdict.run_folder = folder.path();
  result.run_folder = folder.path();
  result.ended = std::move(ended.event.why);
  result.last_words = std::move(ended.last_words);
  result.said_ready = ended.said_ready;
  result.target_status = ended.status;
  result.notes = std::move(ended.notes);
  add_note(result.notes, std::move(judged.error));
  add_note(result.notes, write_verdict_json(result.verdict, folder.file("verdict.json")));
  add_note(result.notes, write_junit(result.verdict, folder.file("junit.xml")));
  return result;
}

}  // namespace revenant::chaos
