#include "bench/src/scenario/bench_child.h"

#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <iostream>

#include "bench/src/bench_command.h"
#include "bench/src/peer_process.h"
#include "pool/os/error.h"
#include "pool/os/unique_fd.h"

namespace revenant::bench {
namespace {

[[noreturn]] void run_here(const std::vector<std::string>& arguments, pid_t parent, int out) {
  die_with_parent(parent);
  if (out >= 0) ::dup2(out, STDOUT_FILENO);
  std::vector<std::string> words = {"revenant bench"};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<char*> argv;
  for (std::string& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  const int code = run_bench_command(static_cast<int>(words.size()), argv.data());
  std::cout.flush();
  std::fflush(nullptr);
  ::_exit(code);
}

std::string captured(int fd) {
  std::string text;
  std::array<char, 65536> bytes{};
  ssize_t got = 0;
  while ((got = ::pread(fd, bytes.data(), bytes.size(), static_cast<off_t>(text.size()))) > 0) {
    text.append(bytes.data(), static_cast<std::size_t>(got));
  }
  return text;
}

}  // namespace

BenchChild run_bench_child(const std::vector<std::string>& arguments, bool captures) {
  os::UniqueFd sink;
  if (captures) {
    sink.reset(::memfd_create("output", MFD_CLOEXEC));
    if (!sink) os::throw_errno("memfd_create");
  }
  std::cout.flush();
  std::fflush(nullptr);  // or the child would print it again
  const pid_t parent = ::getpid();
  const pid_t pid = ::fork();
  if (pid < 0) os::throw_errno("fork");
  if (pid == 0) run_here(arguments, parent, sink.get());
  int status = 0;
  while (::waitpid(pid, &status, 0) < 0 && errno == EINTR) {
  }
  const int code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  return {code, captures ? captured(sink.get()) : std::string()};
}

}  // namespace revenant::bench
