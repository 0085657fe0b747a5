// A program that draws or prints for a report: found on PATH, run without a shell, with a limit.
//
// The caller's thread waits for it. Only that child is waited for and signalled, by its own pid
// and pidfd, so this may run in a process that has other children.
#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace revenant::reports {

// The first executable regular file of that name in the folders of PATH; nothing if there is none.
std::optional<std::filesystem::path> find_program(const std::string& name);

struct ChildProgram {
  std::filesystem::path program;
  std::filesystem::path folder;  // in which it runs
  std::vector<std::string> arguments;
  std::string task;  // what it is to do, for the sentence of a failure: a script's name
  std::chrono::milliseconds limit{30'000};
};

// Empty if it exited with 0 in time; else a sentence with what it wrote to standard error (the
// first 4 KiB). At the limit it is killed. Its standard input and output are /dev/null; the
// variables GNUPLOT_… and GNUTERM are not handed on. Throws nothing.
std::string run_child(const ChildProgram& child) noexcept;

}  // namespace revenant::reports
