#include "pool/target/pool_command.h"

#include <unistd.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <stdexcept>
#include <string>

#include "pool/target/line_reader.h"
#include "pool/target/target.h"

namespace revenant::target {
namespace {

constexpr int kWrongUsage = 3;

constexpr const char* kDescription =
    "The pool as a target: reads tasks from standard input, one JSON object a line, has worker\n"
    "processes carry them out, and writes the outcomes to standard output. A worker may be killed\n"
    "at any moment; its task is given to another one. This is what `revenant chaos` attacks when\n"
    "it is given no program.";

constexpr const char* kFooter =
    R"(Operations: echo, crc32 (arg: a string), sleep, spin (milliseconds), record ({"path":…,"key":…}),
die ({"signal":9} or {"exit":0}), hang (null). chaos/PROTOCOL.md has the whole protocol.

Ends at the end of the input, when every task has its outcome; without --deadline a task that
hangs keeps it waiting. SIGTERM and SIGINT: takes no more tasks, gives those that are open five
seconds; a second one ends it at once.

Try it:
  echo '{"type":"task","id":1,"op":"crc32","arg":"hello"}' | revenant pool --workers 2
  echo '{"type":"task","id":1,"op":"die","arg":{"signal":9}}' | revenant pool --attempts 2

Exit codes: 0 all done, 1 the pool stopped itself or its output was closed, 3 wrong usage,
4 the pool could not be made.)";

struct Arguments {
  std::size_t workers = PoolOptions{}.workers;
  std::size_t spares = PoolOptions{}.spares;
  unsigned attempts = PoolOptions{}.attempts_max;
  std::size_t queue = PoolOptions{}.queue_max;
  std::uint64_t deadline_ms = 0;
};

void add_options(CLI::App& app, Arguments& arguments) {
  constexpr std::size_t kProcessesMax = 2048;
  constexpr std::uint64_t kDeadlineMsMax = 24u * 3600 * 1000;
  app.add_option("--workers", arguments.workers, "Workers that take tasks at the same time")
      ->check(CLI::Range(std::size_t{1}, kProcessesMax))
      ->capture_default_str();
  app.add_option("--spares", arguments.spares,
                 "Started, idle workers that take a dead one's place at once")
      ->check(CLI::Range(std::size_t{0}, kProcessesMax))
      ->capture_default_str();
  app.add_option("--attempts", arguments.attempts,
                 "A task under which so many workers died is given up")
      ->check(CLI::Range(1u, 1000u))
      ->capture_default_str();
  app.add_option("--deadline", arguments.deadline_ms,
                 "Kill the worker of a task that runs longer; counts as an attempt [off]")
      ->check(CLI::Range(std::uint64_t{1}, kDeadlineMsMax))
      ->type_name("MS");
  app.add_option("--queue", arguments.queue, "Open tasks; with more, the input has to wait")
      ->check(CLI::Range(std::size_t{1}, std::size_t{16} << 20))
      ->capture_default_str();
}

TargetOptions make_options(const Arguments& arguments) {
  TargetOptions options;
  options.pool.workers = arguments.workers;
  options.pool.spares = arguments.spares;
  options.pool.attempts_max = arguments.attempts;
  options.pool.deadline = std::chrono::milliseconds(arguments.deadline_ms);
  options.pool.queue_max = arguments.queue;
  // An argument is a part of its line, and so is a value, but for the byte that names the
  // operation.
  options.pool.payload_bytes_max = kLineBytesMax + 1;
  options.pool.queue_bytes_max = 4 * kLineBytesMax;
  return options;
}

}  // namespace

int run_pool_command(int argc, char** argv) {
  CLI::App app(kDescription, "revenant pool");
  app.footer(kFooter);
  Arguments arguments;
  add_options(app, arguments);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) return app.exit(error);
    std::fprintf(stderr, "revenant pool: %s\nSee `revenant pool --help`.\n", error.what());
    return kWrongUsage;
  }
  if (::isatty(STDIN_FILENO) != 0) {
    std::fputs(
        "revenant pool: reading tasks from the terminal, one JSON object a line; Ctrl-D "
        "ends, --help explains\n",
        stderr);
  }
  try {
    return run_target(make_options(arguments));
  } catch (const std::invalid_argument& error) {
    // Options that are possible one by one, but not together.
    std::fprintf(stderr, "revenant pool: %s\n", error.what());
    return kWrongUsage;
  }
}

}  // namespace revenant::target
