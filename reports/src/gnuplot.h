// Runs gnuplot on one script, as a program of its own, without a shell.
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

// The first executable regular file named gnuplot in the folders of PATH; nothing if there is none.
std::optional<std::filesystem::path> find_gnuplot();

struct GnuplotRun {
  std::filesystem::path program;
  std::filesystem::path folder;        // in which it runs; the script's `load` and data are there
  std::string script;                  // file name in that folder
  std::vector<std::string> arguments;  // ARG1, ARG2 … in the script: strings, never executed
  std::chrono::milliseconds limit{30'000};
};

// Empty if gnuplot exited with 0 in time; else a sentence with what it wrote to standard error (the
// first 4 KiB). At the limit it is killed. Start-up files of the user and of the machine and the
// GNUPLOT_… and GNUTERM variables are not read, so the same data make the same picture. Throws
// nothing.
std::string run_gnuplot(const GnuplotRun& run) noexcept;

}  // namespace revenant::reports
