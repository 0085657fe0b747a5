// From a history to a verdict, and from a verdict to verdict.json, junit.xml and the terminal.
//
// Judging is a pure function: it reads no clock, asks no process and draws nothing. The harness
// calls it after the run; anyone may call it again on the file, years later, with the same result.
// Any thread; no shared state.
#pragma once

#include <cstdio>
#include <string>

#include "chaos/src/history.h"
#include "revenant/chaos/verdict.h"

namespace revenant::chaos {

// Never throws for anything that a history can hold: a checker that throws is the finding
// checker_error. The claim is the history's own (its `run` line).
[[nodiscard]] Verdict judge(const History& history);

// The same from history.jsonl, read twice as a stream: memory grows with what is rare (faults,
// workers, open tasks, seconds), not with the number of tasks. `error` is empty, or says file, line
// and what is wrong with it; then the verdict is of the lines before and is at best `unknown`.
struct JudgedFile {
  Verdict verdict;
  std::string error;
};
[[nodiscard]] JudgedFile judge_file(const std::string& path);

// The exit code of the verb: 0 pass, 1 fail, 2 unknown.
[[nodiscard]] int exit_code_of(Ruling ruling) noexcept;

// verdict.json, one value with a final newline.
[[nodiscard]] std::string verdict_json(const Verdict& verdict);
// Each writes by way of a new file that is renamed into place, so that a reader sees all or
// nothing. Returns empty, or a sentence that names the path and the reason.
[[nodiscard]] std::string write_verdict_json(const Verdict& verdict, const std::string& path);
// A test suite with a test case a kind of finding. A finding of `fail` is a <failure>, one of
// `unknown` an <error>: every CI system shows both as red, and none takes an error for a success
// (which many do of <skipped>).
[[nodiscard]] std::string write_junit(const Verdict& verdict, const std::string& path);

struct TextStyle {
  bool colour = false;  // ask for it only on a terminal and where NO_COLOR is not set
};
// Verdict first, then findings, recovery times, confidence, the command and the folder.
void print_verdict(std::FILE* out, const Verdict& verdict, TextStyle style);
[[nodiscard]] std::string verdict_text(const Verdict& verdict, TextStyle style);

}  // namespace revenant::chaos
