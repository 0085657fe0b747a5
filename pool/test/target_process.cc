#include "pool/test/target_process.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <exception>
#include <stdexcept>
#include <utility>

#include "pool/os/error.h"
#include "pool/target/pool_command.h"

namespace revenant::target {
namespace {

constexpr int kLimitMs = 60'000;

struct Pipe {
  os::UniqueFd read;
  os::UniqueFd write;
};

Pipe make_pipe() {
  std::array<int, 2> fds{};
  if (::pipe2(fds.data(), O_CLOEXEC) != 0) os::throw_errno("pipe2");
  return {os::UniqueFd(fds[0]), os::UniqueFd(fds[1])};
}

void wait_for(int fd, short events, const char* what) {
  pollfd entry{fd, events, 0};
  if (::poll(&entry, 1, kLimitMs) != 1) throw std::runtime_error(std::string("waited for ") + what);
}

int run_command(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), "revenant pool");
  std::vector<char*> argv;
  argv.reserve(arguments.size());
  for (auto& argument : arguments) argv.push_back(argument.data());
  return run_pool_command(static_cast<int>(argv.size()), argv.data());
}

// The child must hold no descriptor of ours, or it would never see the end of its own input.
[[noreturn]] void become_target(int input, int output, int errors,
                                const std::function<int()>& target) {
  ::dup2(input, STDIN_FILENO);
  ::dup2(output, STDOUT_FILENO);
  ::dup2(errors, STDERR_FILENO);
  ::close_range(3, ~0u, 0);
  int code = 4;
  try {
    code = target();
  } catch (const std::exception& error) {
    ::dprintf(STDERR_FILENO, "%s\n", error.what());
  }
  ::fflush(nullptr);
  ::_exit(code);
}

}  // namespace

TargetProcess::TargetProcess(std::vector<std::string> arguments)
    : TargetProcess([&arguments] { return run_command(std::move(arguments)); }) {}

TargetProcess::TargetProcess(const TargetOptions& options)
    : TargetProcess([&options] { return run_target(options); }) {}

TargetProcess::TargetProcess(const std::function<int()>& target) {
  ::signal(SIGPIPE, SIG_IGN);
  Pipe input = make_pipe();
  Pipe output = make_pipe();
  errors_ = os::UniqueFd(::memfd_create("standard error", MFD_CLOEXEC));
  ::fflush(nullptr);  // what the tests have printed is not for the child to write
  pid_ = ::fork();
  if (pid_ < 0) os::throw_errno("fork");
  if (pid_ == 0) become_target(input.read.get(), output.write.get(), errors_.get(), target);
  input_ = std::move(input.write);
  output_ = std::move(output.read);
  process_ = os::Process::open(pid_).value();
}

TargetProcess::~TargetProcess() {
  if (exit_code_) return;
  process_.send_signal(SIGKILL);
  ::waitpid(pid_, nullptr, 0);
}

void TargetProcess::send(std::string_view text) {
  while (!text.empty()) {
    const std::size_t sent = send_some(text);
    text.remove_prefix(sent);
    if (sent == 0) wait_for(input_.get(), POLLOUT, "the target to take its input");
  }
}

std::size_t TargetProcess::send_some(std::string_view text) {
  ::fcntl(input_.get(), F_SETFL, O_NONBLOCK);
  const ssize_t wrote = ::write(input_.get(), text.data(), text.size());
  if (wrote < 0 && errno != EAGAIN) os::throw_errno("write to the target");
  return wrote < 0 ? 0 : static_cast<std::size_t>(wrote);
}

void TargetProcess::send_task(std::uint64_t id, std::string_view op, std::string_view arg_json) {
  std::string line = R"({"type":"task","id":)" + std::to_string(id) + R"(,"op":")";
  send(line.append(op).append(R"(","arg":)").append(arg_json).append("}\n"));
}

std::string TargetProcess::read_line() {
  std::size_t searched = 0;
  while (true) {
    const auto end = unread_.find('\n', searched);
    if (end != std::string::npos) {
      std::string line = unread_.substr(0, end);
      unread_.erase(0, end + 1);
      return line;
    }
    searched = unread_.size();
    wait_for(output_.get(), POLLIN, "a line of the target");
    std::array<char, 65536> bytes{};
    const ssize_t got = ::read(output_.get(), bytes.data(), bytes.size());
    if (got <= 0) throw std::runtime_error("the target's output has ended");
    unread_.append(bytes.data(), static_cast<std::size_t>(got));
  }
}

nlohmann::json TargetProcess::read_answer() {
  while (true) {
    if (!put_aside_.empty()) {
      auto answer = std::move(put_aside_.front());
      put_aside_.pop_front();
      return answer;
    }
    auto line = nlohmann::json::parse(read_line());
    if (line.at("type") != "ready") return line;
    workers_ = line.at("workers").get<std::vector<pid_t>>();
  }
}

std::vector<pid_t> TargetProcess::read_workers(std::size_t count, const std::vector<pid_t>& gone) {
  const auto is_gone = [&gone](pid_t pid) { return std::ranges::count(gone, pid) > 0; };
  while (workers_.size() < count || std::ranges::any_of(workers_, is_gone)) {
    auto line = nlohmann::json::parse(read_line());
    if (line.at("type") == "ready") {
      workers_ = line.at("workers").get<std::vector<pid_t>>();
    } else {
      put_aside_.push_back(std::move(line));
    }
  }
  return workers_;
}

void TargetProcess::wait_input_taken() {
  int unread = 1;
  for (int tries = 0; tries < kLimitMs; ++tries) {
    if (::ioctl(input_.get(), FIONREAD, &unread) == 0 && unread == 0) return;
    ::usleep(1000);
  }
  throw std::runtime_error("waited for the target to read its input");
}

int TargetProcess::wait_exit() {
  if (exit_code_) return *exit_code_;
  if (!process_.wait_ended(kLimitMs)) throw std::runtime_error("waited for the target's end");
  int status = 0;
  ::waitpid(pid_, &status, 0);
  exit_code_ = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  return *exit_code_;
}

std::string TargetProcess::errors() {
  std::string text;
  std::array<char, 4096> bytes{};
  ssize_t got = 0;
  while ((got = ::pread(errors_.get(), bytes.data(), bytes.size(),
                        static_cast<off_t>(text.size()))) > 0) {
    text.append(bytes.data(), static_cast<std::size_t>(got));
  }
  return text;
}

}  // namespace revenant::target
