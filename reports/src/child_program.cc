#include "reports/src/child_program.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <string_view>
#include <system_error>
#include <utility>

#include "reports/src/plain_text.h"

extern char** environ;

namespace revenant::reports {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t kErrorBytesMax = 4096;

class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() { close(); }
  [[nodiscard]] int get() const { return fd_; }
  void close() {
    if (fd_ >= 0) ::close(fd_);
    fd_ = -1;
  }

 private:
  int fd_;
};

// Without what would make gnuplot draw something else.
std::vector<char*> environment_for_child() {
  std::vector<char*> kept;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string_view text(*entry);
    if (text.starts_with("GNUPLOT") || text.starts_with("GNUTERM")) continue;
    kept.push_back(*entry);
  }
  kept.push_back(nullptr);
  return kept;
}

// What posix_spawn does in the child, between fork and exec.
class ChildSetup {
 public:
  ChildSetup(const std::filesystem::path& folder, int error_output) {
    posix_spawn_file_actions_init(&actions_);
    posix_spawn_file_actions_addchdir_np(&actions_, folder.c_str());
    posix_spawn_file_actions_addopen(&actions_, 0, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&actions_, 1, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_adddup2(&actions_, error_output, 2);
    // A harness blocks and ignores signals; gnuplot shall start with the defaults.
    posix_spawnattr_init(&attributes_);
    posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    sigset_t none;
    sigemptyset(&none);
    posix_spawnattr_setsigmask(&attributes_, &none);
    sigset_t every;
    sigfillset(&every);
    posix_spawnattr_setsigdefault(&attributes_, &every);
  }
  ChildSetup(const ChildSetup&) = delete;
  ChildSetup& operator=(const ChildSetup&) = delete;
  ~ChildSetup() {
    posix_spawn_file_actions_destroy(&actions_);
    posix_spawnattr_destroy(&attributes_);
  }
  // 0, or an errno.
  int spawn(pid_t& pid, const std::filesystem::path& program, char* const* words) const {
    return posix_spawn(&pid, program.c_str(), &actions_, &attributes_, words,
                       environment_for_child().data());
  }

 private:
  posix_spawn_file_actions_t actions_;
  posix_spawnattr_t attributes_;
};

int milliseconds_until(Clock::time_point deadline) {
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now()).count();
  return left > 0 ? static_cast<int>(left) : 0;
}

// Collects what the child writes until it is gone or the deadline has passed. True: it is gone.
bool collect_until_gone(int error_input, int pidfd, Clock::time_point deadline, std::string& text) {
  pollfd waits[] = {{error_input, POLLIN, 0}, {pidfd, POLLIN, 0}};
  for (;;) {
    const int ready = ::poll(waits, 2, milliseconds_until(deadline));
    if (Clock::now() >= deadline) return false;  // also where it never stops writing
    if (ready < 0 && errno == EINTR) continue;
    if (ready < 0) return false;
    if (waits[0].revents != 0) {
      char block[4096];
      const ssize_t got = ::read(error_input, block, sizeof block);
      if (got <= 0) waits[0].fd = -1;  // its end is closed: only the exit is waited for
      if (got > 0) {
        const auto room = kErrorBytesMax - text.size();
        text.append(block, std::min(static_cast<std::size_t>(got), room));
      }
      continue;  // everything that was written before the exit is read before the exit is seen
    }
    if (waits[1].revents != 0) return true;
  }
}

// The exit status, waiting for it; -1 if someone else has reaped the child.
int reap(pid_t pid) {
  int status = 0;
  while (::waitpid(pid, &status, 0) < 0) {
    if (errno != EINTR) return -1;
  }
  return status;
}

std::string sentence_about(int status, const std::string& name, const std::string& task,
                           const std::string& text) {
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return {};
  std::string how = WIFEXITED(status) ? "exited with " + std::to_string(WEXITSTATUS(status))
                                      : "was ended by signal " + std::to_string(WTERMSIG(status));
  std::string sentence = name + " " + how + " on " + task;
  if (!text.empty()) sentence += ": " + plain_text(text, kErrorBytesMax);
  return sentence;
}

std::string run(const ChildProgram& child, const std::string& name) {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) {
    return name + " was not started: " + std::generic_category().message(errno);
  }
  Descriptor input(ends[0]);
  Descriptor output(ends[1]);
  std::vector<std::string> words = {child.program.string()};
  words.insert(words.end(), child.arguments.begin(), child.arguments.end());
  std::vector<char*> pointers;
  pointers.reserve(words.size() + 1);
  for (std::string& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);

  pid_t pid = -1;
  if (const int error =
          ChildSetup(child.folder, output.get()).spawn(pid, child.program, pointers.data());
      error != 0) {
    return name + " was not started: " + std::generic_category().message(error);
  }
  output.close();
  // Race-free: nobody but this thread reaps the child, so its pid cannot have been used again.
  const Descriptor pidfd(static_cast<int>(::syscall(SYS_pidfd_open, pid, 0)));
  const auto deadline = Clock::now() + child.limit;
  std::string text;
  if (pidfd.get() < 0 || !collect_until_gone(input.get(), pidfd.get(), deadline, text)) {
    ::kill(pid, SIGKILL);
    reap(pid);
    return name + " did not finish " + child.task + " within " +
           std::to_string(child.limit.count()) + " ms and was killed";
  }
  return sentence_about(reap(pid), name, child.task, text);
}

}  // namespace

std::optional<std::filesystem::path> find_program(const std::string& name) {
  const char* path = std::getenv("PATH");
  if (path == nullptr) return std::nullopt;
  std::string_view rest(path);
  while (!rest.empty()) {
    const std::size_t end = rest.find(':');
    const std::string_view folder = rest.substr(0, end);
    rest.remove_prefix(end == rest.npos ? rest.size() : end + 1);
    // An empty entry means the current folder to a shell. It is passed over: a run folder is not a
    // place to find programs in.
    if (folder.empty()) continue;
    const auto candidate = std::filesystem::path(folder) / name;
    std::error_code error;
    if (std::filesystem::is_regular_file(candidate, error) &&
        ::access(candidate.c_str(), X_OK) == 0) {
      return std::filesystem::absolute(candidate, error);
    }
  }
  return std::nullopt;
}

std::string run_child(const ChildProgram& child) noexcept {
  try {
    return run(child, child.program.filename().string());
  } catch (const std::exception& error) {
    return std::string("a program was not run: ") + error.what();
  }
}

}  // namespace revenant::reports
