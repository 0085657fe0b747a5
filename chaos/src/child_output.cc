#include "chaos/src/child_output.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <system_error>

#include "pool/os/error.h"
#include "pool/os/unique_fd.h"

extern char** environ;

namespace revenant::chaos {
namespace {

constexpr int kNoSuchProgram = 127;

// A file without a name: it never fills up, so nobody has to read while the child writes.
os::UniqueFd make_sink() {
  os::UniqueFd sink(::memfd_create("output", MFD_CLOEXEC));
  if (!sink) os::throw_errno("memfd_create");
  return sink;
}

std::string text_of(const os::UniqueFd& sink) {
  std::string text;
  std::array<char, 65536> bytes{};
  ssize_t got = 0;
  while ((got = ::pread(sink.get(), bytes.data(), bytes.size(), static_cast<off_t>(text.size()))) >
         0) {
    text.append(bytes.data(), static_cast<std::size_t>(got));
  }
  return text;
}

}  // namespace

ChildOutput run_child(const std::vector<std::string>& command) {
  const os::UniqueFd out = make_sink();
  const os::UniqueFd err = make_sink();
  std::vector<char*> argv;
  for (const auto& word : command) argv.push_back(const_cast<char*>(word.c_str()));
  argv.push_back(nullptr);

  posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  ::posix_spawn_file_actions_adddup2(&actions, out.get(), STDOUT_FILENO);
  ::posix_spawn_file_actions_adddup2(&actions, err.get(), STDERR_FILENO);
  pid_t pid = -1;
  const int error = ::posix_spawnp(&pid, argv[0], &actions, nullptr, argv.data(), environ);
  ::posix_spawn_file_actions_destroy(&actions);
  if (error == ENOENT || error == EACCES || error == ENOEXEC) {
    return {kNoSuchProgram, "", command.front() + ": cannot be executed"};
  }
  if (error != 0) {
    throw std::system_error(error, std::system_category(), "cannot start " + command.front());
  }
  int status = 0;
  while (::waitpid(pid, &status, 0) < 0 && errno == EINTR) {
  }
  const int exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  return {exit_code, text_of(out), text_of(err)};
}

}  // namespace revenant::chaos
