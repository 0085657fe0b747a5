#include "pool/target/target.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <climits>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <optional>
#include <string>
#include <variant>

#include "pool/os/clock.h"
#include "pool/os/error.h"
#include "pool/os/unique_fd.h"
#include "pool/target/announcement.h"
#include "pool/target/answers.h"
#include "pool/target/complaints.h"
#include "pool/target/line_reader.h"
#include "pool/target/line_writer.h"
#include "pool/target/operations.h"
#include "pool/target/program/program_message.h"
#include "pool/target/program/program_pool.h"
#include "pool/target/task_line.h"
#include "pool/target/worker_start.h"
#include "revenant/pool.h"

namespace revenant::target {
namespace {

// With so much unread output no more tasks are taken. What is open by then may still add to it.
constexpr std::size_t kOutputPauseBytes = std::size_t{1} << 20;
// After SIGTERM or SIGINT: for what is open; and for the reader to take the last lines.
constexpr os::Nanoseconds kGrace = std::chrono::seconds(5);
constexpr os::Nanoseconds kLastLinesGrace = std::chrono::seconds(2);
// At the end of input: for workers that have nothing to do any more.
constexpr os::Nanoseconds kShutdownTimeout = std::chrono::seconds(2);
// A parser that has seen a larger line is made anew: it keeps several bytes for each of the line's.
constexpr std::size_t kParserBytesMax = std::size_t{1} << 20;

// Must come before the pool starts its threads: a thread that does not block them would be ended.
os::UniqueFd open_signals() {
  sigset_t signals;
  ::sigemptyset(&signals);
  ::sigaddset(&signals, SIGTERM);
  ::sigaddset(&signals, SIGINT);
  ::pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  ::signal(SIGPIPE, SIG_IGN);
  os::UniqueFd fd(::signalfd(-1, &signals, SFD_NONBLOCK | SFD_CLOEXEC));
  if (!fd) os::throw_errno("signalfd");
  return fd;
}

os::UniqueFd open_null() {
  os::UniqueFd fd(::open("/dev/null", O_RDWR | O_CLOEXEC));
  if (!fd) os::throw_errno("cannot open /dev/null for the workers");
  return fd;
}

// What a task is to the pool. In the workers' own form it is a byte for the operation, and the
// argument.
struct OwnFunction {
  using TaskPool = Pool;
  static TaskPool make(const TargetOptions&, PoolOptions pool) {
    return TaskPool(perform, std::move(pool));
  }
  static void write(std::string& payload, const TaskLine& task) {
    payload.assign(1, static_cast<char>(*find_operation(task.op))).append(task.arg);
  }
  static void dispatch(TaskPool&) {}
};

struct OtherProgram {
  using TaskPool = ProgramPool;
  static TaskPool make(const TargetOptions& options, PoolOptions pool) {
    return TaskPool(options.program, std::move(pool));
  }
  static void write(std::string& payload, const TaskLine& task) {
    payload.clear();
    append_task_message(payload, task.id, task.op, task.arg);
  }
  static void dispatch(TaskPool& pool) { pool.dispatch(); }
};

enum class Ending { none, end_of_input, told, reader_gone, input_failed, pool_stopped };

template <typename Workers>
class Target {
 public:
  explicit Target(const TargetOptions& options)
      : options_(options),
        signals_(open_signals()),
        null_(open_null()),
        reader_(options.input),
        writer_(options.output),
        parser_(options.operations),
        announcement_(options.pool.workers + options.pool.spares, os::now()),
        pool_(Workers::make(options, pool_options())) {}

  int run();

 private:
  PoolOptions pool_options();
  void deliver(const Outcome& outcome) { append_outcome(writer_.buffer(), outcome); }
  [[nodiscard]] bool may_take_tasks() const;
  void take_tasks();
  bool take(const LineReader::Line& line);
  bool submit(const TaskLine& task);
  void announce_workers();
  bool is_finished();
  void wait();
  void read_input();
  void read_signals();
  int close();
  void write_last_lines();

  const TargetOptions& options_;
  os::UniqueFd signals_;
  os::UniqueFd null_;
  LineReader reader_;
  LineWriter writer_;
  TaskLineParser parser_;
  Complaints complaints_;
  Announcement announcement_;
  std::string payload_;
  Ending ending_ = Ending::none;
  int error_ = 0;  // errno of reader_gone and input_failed
  bool pool_full_ = false;
  int signals_seen_ = 0;
  std::optional<os::TimePoint> give_up_at_;
  typename Workers::TaskPool pool_;  // last: its observer and its workers use what stands above
};

template <typename Workers>
PoolOptions Target<Workers>::pool_options() {
  PoolOptions pool = options_.pool;
  pool.on_worker_start = [this] { start_worker(null_.get(), options_.input, options_.output); };
  pool.observer = [this](const Event& event) { announcement_.observe(event); };
  return pool;
}

template <typename Workers>
int Target<Workers>::run() {
  while (true) {
    pool_.poll(os::Nanoseconds(0), [this](const Outcome& outcome) { deliver(outcome); });
    pool_full_ = false;
    if (pool_.stopped()) ending_ = Ending::pool_stopped;
    announce_workers();
    take_tasks();
    Workers::dispatch(pool_);
    if (writer_.flush() == LineWriter::Flush::reader_gone) {
      error_ = errno;
      ending_ = Ending::reader_gone;
    }
    if (is_finished()) return close();
    wait();
  }
}

// Not before the first `ready` line: no answer may come before it.
template <typename Workers>
bool Target<Workers>::may_take_tasks() const {
  return announcement_.was_made() && (ending_ == Ending::none || ending_ == Ending::end_of_input) &&
         !pool_full_ && writer_.pending() < kOutputPauseBytes;
}

template <typename Workers>
void Target<Workers>::take_tasks() {
  while (may_take_tasks()) {
    const auto line = reader_.front();
    if (!line || !take(*line)) return;
    if (line->text.size() > kParserBytesMax) parser_.shrink();
    reader_.pop();
  }
}

// False if the pool has no room for the task: the line stays where it is.
template <typename Workers>
bool Target<Workers>::take(const LineReader::Line& line) {
  if (line.too_long) {
    complaints_.about_line(line.number, "longer than " + std::to_string(kLineBytesMax) + " bytes");
    return true;
  }
  if (line.text.find_first_not_of(" \t\r") == line.text.npos) return true;
  const auto parsed = parser_.parse(line.text);
  if (const auto* const task = std::get_if<TaskLine>(&parsed)) return submit(*task);
  const auto& rejected = std::get<RejectedLine>(parsed);
  if (rejected.id) {
    append_failed(writer_.buffer(), *rejected.id, rejected.why);
  } else {
    complaints_.about_line(line.number, rejected.why);
  }
  return true;
}

template <typename Workers>
bool Target<Workers>::submit(const TaskLine& task) {
  Workers::write(payload_, task);
  const SubmitResult result = pool_.submit(payload_, task.id);
  if (result == SubmitResult::full) {
    pool_full_ = true;
    return false;
  }
  if (result != SubmitResult::accepted) {
    append_failed(writer_.buffer(), task.id,
                  "the pool did not take it: " + std::string(to_string(result)));
  }
  return true;
}

template <typename Workers>
void Target<Workers>::announce_workers() {
  const auto due = announcement_.due();
  if (!due) return;
  const auto now = os::now();
  if (*due > now) return;
  append_ready(writer_.buffer(), options_.operations, announcement_.workers());
  announcement_.announced(now);
}

template <typename Workers>
bool Target<Workers>::is_finished() {
  switch (ending_) {
    case Ending::none:
      return false;
    case Ending::end_of_input:
    case Ending::input_failed:
      return pool_.open_tasks() == 0 && writer_.pending() == 0 && !reader_.front();
    case Ending::told:
      return (pool_.open_tasks() == 0 && writer_.pending() == 0) || signals_seen_ > 1 ||
             os::now() >= *give_up_at_;
    case Ending::reader_gone:
    case Ending::pool_stopped:
      return true;
  }
  return true;
}

// Sleeps until there is something to read, to write or to deliver.
template <typename Workers>
void Target<Workers>::wait() {
  const bool wants_input = ending_ == Ending::none && may_take_tasks();
  const auto output_events = static_cast<short>(writer_.pending() > 0 ? POLLOUT : 0);
  std::array<pollfd, 4> fds{{{pool_.event_descriptor(), POLLIN, 0},
                             {wants_input ? options_.input : -1, POLLIN, 0},
                             {options_.output, output_events, 0},
                             {signals_.get(), POLLIN, 0}}};
  auto until = announcement_.due();
  if (give_up_at_) until = until ? std::min(*until, *give_up_at_) : *give_up_at_;
  int timeout_ms = -1;
  if (until) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(*until - os::now()).count();
    timeout_ms = static_cast<int>(std::clamp<std::int64_t>(left, 0, INT_MAX));
  }
  if (::poll(fds.data(), fds.size(), timeout_ms) <= 0) return;
  if (fds[1].revents != 0) read_input();
  if ((fds[2].revents & (POLLERR | POLLHUP | POLLNVAL)) != 0) {
    error_ = fds[2].revents & POLLNVAL ? EBADF : EPIPE;
    ending_ = Ending::reader_gone;
  }
  if (fds[3].revents != 0) read_signals();
}

template <typename Workers>
void Target<Workers>::read_input() {
  switch (reader_.fill()) {
    case LineReader::Fill::some:
    case LineReader::Fill::nothing:
      return;
    case LineReader::Fill::end:
      reader_.finish();
      ending_ = Ending::end_of_input;
      return;
    case LineReader::Fill::failed:
      error_ = errno;
      ending_ = Ending::input_failed;
      return;
  }
}

template <typename Workers>
void Target<Workers>::read_signals() {
  signalfd_siginfo info{};
  while (::read(signals_.get(), &info, sizeof info) == sizeof info) ++signals_seen_;
  if (signals_seen_ == 0 || ending_ == Ending::told) return;
  if (ending_ != Ending::reader_gone) ending_ = Ending::told;
  give_up_at_ = os::now() + kGrace;
}

// What is still open gets its outcome, unless nobody is there to read it.
template <typename Workers>
int Target<Workers>::close() {
  if (ending_ == Ending::reader_gone) {
    std::fprintf(stderr, "revenant pool: nobody reads the output any more (%s)\n",
                 std::strerror(error_));
    return 1;
  }
  const bool in_peace = ending_ == Ending::end_of_input || ending_ == Ending::input_failed;
  pool_.shutdown(in_peace ? kShutdownTimeout : os::Nanoseconds(0),
                 [this](const Outcome& outcome) { deliver(outcome); });
  // Lines that were read but whose tasks were not taken: the pool refuses them, which is answered.
  for (auto line = reader_.front(); line && take(*line); line = reader_.front()) reader_.pop();
  write_last_lines();
  if (ending_ == Ending::input_failed) {
    std::fprintf(stderr, "revenant pool: cannot read the input: %s\n", std::strerror(error_));
  }
  if (ending_ == Ending::pool_stopped) {
    std::fputs(
        "revenant pool: the pool has stopped itself: its workers die, or fail to start, too"
        " often; every open task was answered with \"failed\"\n",
        stderr);
  }
  return ending_ == Ending::end_of_input || ending_ == Ending::told ? 0 : 1;
}

template <typename Workers>
void Target<Workers>::write_last_lines() {
  const auto deadline = os::now() + kLastLinesGrace;
  while (writer_.flush() == LineWriter::Flush::would_block && os::now() < deadline) {
    pollfd output{options_.output, POLLOUT, 0};
    ::poll(&output, 1, 100);
  }
}

}  // namespace

int run_target(const TargetOptions& options) {
  if (options.program.command.empty()) return Target<OwnFunction>(options).run();
  return Target<OtherProgram>(options).run();
}

}  // namespace revenant::target
