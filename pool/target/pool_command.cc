#include "pool/target/pool_command.h"

#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cctype>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <stdexcept>
#include <string>
#include <vector>

#include "pool/target/line_reader.h"
#include "pool/target/program/program.h"
#include "pool/target/target.h"

namespace revenant::target {
namespace {

constexpr int kWrongUsage = 3;

constexpr const char* kDescription =
    "The pool as a target: reads tasks from standard input, one JSON object a line, has worker\n"
    "processes carry them out, and writes the outcomes to standard output. A worker may be killed\n"
    "at any moment; its task is given to another one. This is what `revenant chaos` attacks when\n"
    "it is given no program. With --exec the workers are a program of yours, in any language.";

constexpr const char* kFooter =
    R"(Operations: echo, crc32 (arg: a string), sleep, spin (milliseconds), record ({"path":…,"key":…}),
die ({"signal":9} or {"exit":0}), hang (null). chaos/PROTOCOL.md has the whole protocol.

With --exec each task is a line {"id":1,"op":"…","arg":…} on PROGRAM's descriptor 3, and each reply a
line {"id":1,"value":…} or {"id":1,"error":"…"} back; a reply without an id answers the oldest task.
Node programs get it as process.on('message'), and reply by process.send(). What PROGRAM prints goes
to standard error.

Ends at the end of the input, when every task has its outcome; without --deadline a task that
hangs keeps it waiting. SIGTERM and SIGINT: takes no more tasks, gives those that are open five
seconds; a second one cancels them at once. Programs are told to end by the end of their channel
('disconnect' in Node), and killed if they stay for --leave-timeout.

Try it:
  echo '{"type":"task","id":1,"op":"crc32","arg":"hello"}' | revenant pool --workers 2
  echo '{"type":"task","id":1,"op":"die","arg":{"signal":9}}' | revenant pool --attempts 2
  revenant pool --workers 8 --exec node worker.js

Exit codes: 0 all done, 1 the pool stopped itself or its output was closed, 3 wrong usage,
4 the pool could not be made.)";

struct Arguments {
  std::size_t workers = PoolOptions{}.workers;
  std::size_t spares = PoolOptions{}.spares;
  unsigned attempts = PoolOptions{}.attempts_max;
  std::size_t queue = PoolOptions{}.queue_max;
  std::uint64_t deadline_ms = 0;
  std::uint64_t leave_timeout_ms =
      static_cast<std::uint64_t>(PoolOptions{}.leave_timeout / std::chrono::milliseconds(1));
  std::size_t restarts_max = PoolOptions{}.restarts_max;
  std::vector<std::string> operations = {"echo", "crc32", "sleep", "spin"};
  bool says_ready = false;
  std::vector<std::string> program;
};

void add_options(CLI::App& app, Arguments& arguments) {
  constexpr std::size_t kProcessesMax = 2048;
  constexpr std::uint64_t kMsMax = std::uint64_t{24} * 3600 * 1000;
  app.add_option("--workers", arguments.workers, "Workers that take tasks at the same time")
      ->type_name("N")
      ->check(CLI::Range(std::size_t{1}, kProcessesMax).description(""))
      ->capture_default_str();
  app.add_option("--spares", arguments.spares,
                 "Started, idle workers that take a dead one's place at once")
      ->type_name("N")
      ->check(CLI::Range(std::size_t{0}, kProcessesMax).description(""))
      ->capture_default_str();
  app.add_option("--attempts", arguments.attempts,
                 "A task under which so many workers died is given up")
      ->type_name("N")
      ->check(CLI::Range(1u, 1000u).description(""))
      ->capture_default_str();
  app.add_option("--deadline", arguments.deadline_ms,
                 "Kill the worker of a task that runs longer; counts as an attempt [off]")
      ->check(CLI::Range(std::uint64_t{1}, kMsMax).description(""))
      ->type_name("MS");
  app.add_option("--leave-timeout", arguments.leave_timeout_ms,
                 "Kill a worker, or PROGRAM, that is still there so long after it was let go")
      ->check(CLI::Range(std::uint64_t{1}, kMsMax).description(""))
      ->type_name("MS")
      ->capture_default_str();
  app.add_option("--queue", arguments.queue, "Open tasks; with more, the input has to wait")
      ->type_name("N")
      ->check(CLI::Range(std::size_t{1}, std::size_t{16} << 20).description(""))
      ->capture_default_str();
  app.add_option("--restarts", arguments.restarts_max,
                 "With more deaths in five seconds the pool stops itself [1024 a worker]")
      ->type_name("N")
      ->check(CLI::Range(std::size_t{1}, std::size_t{1} << 20).description(""));
  app.add_option("--exec", "PROGRAM ARGS…, the rest of the line: it carries the tasks out")
      ->type_name("");
  app.add_option("--ops", arguments.operations,
                 "With --exec: the operations that PROGRAM has, whatever their names")
      ->delimiter(',')
      ->type_name("NAME,…")
      ->capture_default_str();
  app.add_flag("--says-ready", arguments.says_ready,
               R"(With --exec: PROGRAM sends {"type":"ready"} once it can take tasks)");
}

ProgramStart start_of(const Arguments& arguments) {
  if (arguments.says_ready) return ProgramStart::message;
  const std::string& program = arguments.program.front();
  const std::string name = program.substr(program.rfind('/') + 1);
  return name == "node" || name == "nodejs" ? ProgramStart::node : ProgramStart::at_once;
}

TargetOptions make_options(const Arguments& arguments) {
  TargetOptions options;
  options.pool.workers = arguments.workers;
  options.pool.spares = arguments.spares;
  options.pool.attempts_max = arguments.attempts;
  options.pool.deadline = std::chrono::milliseconds(arguments.deadline_ms);
  options.pool.leave_timeout = std::chrono::milliseconds(arguments.leave_timeout_ms);
  options.pool.queue_max = arguments.queue;
  options.pool.restarts_max = arguments.restarts_max;
  // An argument is a part of its line, and so is a value, but for the byte that names the
  // operation.
  options.pool.payload_bytes_max = kLineBytesMax + 1;
  options.pool.queue_bytes_max = 4 * kLineBytesMax;
  if (!arguments.program.empty()) {
    options.program = {.command = arguments.program, .start = start_of(arguments)};
    options.operations = arguments.operations;
  }
  return options;
}

int refuse(const char* why) {
  std::fprintf(stderr, "revenant pool: %s\nSee `revenant pool --help`.\n", why);
  return kWrongUsage;
}

// Cuts the program and its arguments off; they are not ours to parse.
std::vector<std::string> take_program(int& argc, char** argv) {
  for (int i = 1; i < argc; ++i) {
    if (std::strcmp(argv[i], "--exec") != 0) continue;
    std::vector<std::string> program(argv + i + 1, argv + argc);
    if (program.empty()) throw std::invalid_argument("--exec: name the program behind it");
    if (!can_be_executed(program.front())) {
      throw std::invalid_argument("--exec " + program.front() +
                                  ": no such program, or not executable");
    }
    argc = i;
    return program;
  }
  return {};
}

void check_operations(const Arguments& arguments, bool given) {
  if (arguments.program.empty() && (given || arguments.says_ready)) {
    throw std::invalid_argument("--ops and --says-ready speak of the PROGRAM of --exec");
  }
  for (const auto& name : arguments.operations) {
    const auto fits = [](unsigned char c) { return std::isalnum(c) != 0 || c == '_' || c == '-'; };
    if (name.empty() || !std::ranges::all_of(name, fits)) {
      throw std::invalid_argument("--ops \"" + name + "\": a name has letters, digits, _ and -");
    }
  }
}

}  // namespace

int run_pool_command(int argc, char** argv) {
  CLI::App app(kDescription, "revenant pool");
  app.footer(kFooter);
  Arguments arguments;
  add_options(app, arguments);
  try {
    arguments.program = take_program(argc, argv);
    app.parse(argc, argv);
    check_operations(arguments, app.count("--ops") > 0);
  } catch (const std::invalid_argument& error) {
    return refuse(error.what());
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) return app.exit(error);
    return refuse(error.what());
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
