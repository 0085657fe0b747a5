#include "pool/target/operations.h"

#include <fcntl.h>
#include <signal.h>
#include <time.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <stdexcept>
#include <system_error>

#include "pool/os/clock.h"
#include "pool/os/error.h"
#include "pool/os/unique_fd.h"
#include "pool/target/argument.h"
#include "pool/target/crc32.h"

namespace revenant::target {
namespace {

os::Nanoseconds duration_of(double milliseconds) {
  return os::Nanoseconds(static_cast<std::int64_t>(milliseconds * 1e6));
}

timespec to_timespec(os::Nanoseconds time) {
  constexpr std::int64_t kNanosecondsPerSecond = 1'000'000'000;
  return {.tv_sec = time.count() / kNanosecondsPerSecond,
          .tv_nsec = time.count() % kNanosecondsPerSecond};
}

// Until an absolute time, so that a SIGSTOP and SIGCONT in the middle neither lengthen nor repeat
// it.
void sleep_for(os::Nanoseconds duration) {
  const timespec until = to_timespec(os::now().time_since_epoch() + duration);
  while (::clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, nullptr) == EINTR) {
  }
}

os::Nanoseconds processor_time() {
  timespec time{};
  ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return std::chrono::seconds(time.tv_sec) + os::Nanoseconds(time.tv_nsec);
}

void spin_for(os::Nanoseconds duration) {
  const auto until = processor_time() + duration;
  while (processor_time() < until) {
  }
}

// One write() with O_APPEND: lines of several workers do not mix, and a killed worker has written
// its line or has not.
void append_record(const Argument::Record& record) {
  const os::UniqueFd file(
      ::open(record.path.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0644));
  if (!file) os::throw_errno("record: cannot open " + record.path);
  const std::string line = record.key + ' ' + std::to_string(::getpid()) + '\n';
  const ssize_t written = ::write(file.get(), line.data(), line.size());
  if (written < 0) os::throw_errno("record: cannot write to " + record.path);
  if (static_cast<std::size_t>(written) != line.size()) {
    errno = ENOSPC;
    os::throw_errno("record: wrote only a part of the line to " + record.path);
  }
}

void die(const Argument::Death& death) {
  if (!death.by_signal) ::_exit(death.number);
  // Also where this worker was started with the signal ignored or blocked.
  ::signal(death.number, SIG_DFL);
  sigset_t all;
  ::sigfillset(&all);
  ::sigprocmask(SIG_UNBLOCK, &all, nullptr);
  ::kill(::getpid(), death.number);
  throw std::invalid_argument("die: signal " + std::to_string(death.number) +
                              " does not end a process; SIGKILL is 9, SIGSEGV is 11");
}

[[noreturn]] void hang() {
  while (true) ::pause();
}

std::string_view name_of(Operation operation) {
  for (const auto& known : kOperations) {
    if (known.operation == operation) return known.name;
  }
  return "?";
}

}  // namespace

std::optional<Operation> find_operation(std::string_view name) noexcept {
  for (const auto& known : kOperations) {
    if (known.name == name) return known.operation;
  }
  return std::nullopt;
}

std::vector<std::string> operation_names() {
  std::vector<std::string> names;
  for (const auto& known : kOperations) names.emplace_back(known.name);
  return names;
}

void perform(std::string_view task, std::string& value) {
  const auto operation = static_cast<Operation>(task.front());
  Argument argument(name_of(operation), task.substr(1));
  switch (operation) {
    case Operation::echo:
      static_cast<void>(argument.string());  // refuses what is no string; the value is its own JSON
      value = argument.json();
      return;
    case Operation::crc32:
      value = std::to_string(crc32(argument.string()));
      return;
    case Operation::sleep:
      sleep_for(duration_of(argument.milliseconds()));
      value = argument.json();
      return;
    case Operation::spin:
      spin_for(duration_of(argument.milliseconds()));
      value = argument.json();
      return;
    case Operation::record: {
      const Argument::Record record = argument.record();
      append_record(record);
      value = record.key_json;
      return;
    }
    case Operation::die:
      die(argument.death());
      return;
    case Operation::hang:
      hang();
  }
}

}  // namespace revenant::target
