// The smallest honest pool: a thread for each worker process, one task at a time, and another
// worker where one dies. Nothing but POSIX, and prctl() of Linux; a place to start from.
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <array>
#include <condition_variable>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <mutex>
#include <optional>
#include <queue>
#include <string>
#include <thread>
#include <vector>

namespace {

constexpr int kAttemptsMax = 3;

// What stands behind "key": in a line of the protocol, up to the next key or the end of the line.
std::string field(const std::string& line, const std::string& key, const char* end) {
  const auto at = line.find("\"" + key + "\":") + key.size() + 3;
  const auto stop = *end == '}' ? line.rfind(end) : line.find(end, at);
  return line.substr(at, stop - at);
}

// --- the worker ---------------------------------------------------------------------------------

void sleep_for(long milliseconds) {
  timespec time{milliseconds / 1000, milliseconds % 1000 * 1'000'000};
  while (::nanosleep(&time, &time) != 0) {
  }
}

void die(const std::string& arg) {
  const int number = std::atoi(arg.c_str() + arg.find(':') + 1);
  if (arg.find("exit") != std::string::npos) ::_exit(number);
  ::raise(number);
}

// A line is a task, a line back its value: for echo and sleep the argument's own JSON.
[[noreturn]] void work(int channel) {
  FILE* const tasks = ::fdopen(channel, "r");
  char* text = nullptr;
  std::size_t room = 0;
  while (::getline(&text, &room, tasks) > 0) {
    const std::string line(text);
    const std::string op = field(line, "op", ",");
    std::string arg = field(line, "arg", "}");
    if (op == "\"sleep\"") sleep_for(std::atol(arg.c_str()));
    if (op == "\"die\"") die(arg);
    arg += '\n';
    if (::write(channel, arg.data(), arg.size()) < 0) break;
  }
  ::_exit(0);
}

// --- the pool -----------------------------------------------------------------------------------

class Worker {
 public:
  Worker() {
    // One at a time: a worker that inherited another's channel would keep it open.
    static std::mutex forking;
    const std::lock_guard lock(forking);
    std::array<int, 2> channel{};
    if (::socketpair(AF_UNIX, SOCK_STREAM, 0, channel.data()) != 0) std::abort();
    const pid_t pool = ::getpid();
    pid_ = ::fork();
    if (pid_ == 0) {
      // A worker in the middle of a task would outlive a pool that is killed. The pool may have
      // been killed before the call: then the kernel never tells.
      ::prctl(PR_SET_PDEATHSIG, SIGKILL);
      if (::getppid() != pool) ::_exit(1);
      ::close(channel[0]);
      work(channel[1]);
    }
    ::close(channel[1]);
    answers_ = ::fdopen(channel[0], "r");
  }
  ~Worker() {
    std::fclose(answers_);
    ::waitpid(pid_, nullptr, 0);
  }
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;

  // Nothing if the worker died.
  std::optional<std::string> carry_out(const std::string& line) {
    const std::string message = line + '\n';
    const int channel = ::fileno(answers_);
    if (::send(channel, message.data(), message.size(), MSG_NOSIGNAL) < 0) return std::nullopt;
    std::string answer;
    for (int c = std::fgetc(answers_); c != EOF; c = std::fgetc(answers_)) {
      if (c == '\n') return answer;
      answer += static_cast<char>(c);
    }
    return std::nullopt;
  }

 private:
  pid_t pid_;
  FILE* answers_;
};

class Queue {
 public:
  void push(std::string line) {
    const std::lock_guard lock(mutex_);
    lines_.push(std::move(line));
    changed_.notify_one();
  }
  void close() {
    const std::lock_guard lock(mutex_);
    closed_ = true;
    changed_.notify_all();
  }
  std::optional<std::string> pop() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return closed_ || !lines_.empty(); });
    if (lines_.empty()) return std::nullopt;
    std::string line = std::move(lines_.front());
    lines_.pop();
    return line;
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::queue<std::string> lines_;
  bool closed_ = false;
};

void say(const std::string& line) {
  static std::mutex mutex;
  const std::lock_guard lock(mutex);
  std::cout << line << std::endl;
}

void serve(Queue& tasks) {
  std::optional<Worker> worker(std::in_place);
  while (const auto line = tasks.pop()) {
    const std::string head = "\"id\":" + field(*line, "id", ",");
    std::optional<std::string> value;
    for (int attempt = 0; !value && attempt < kAttemptsMax; ++attempt) {
      if (!(value = worker->carry_out(*line))) worker.emplace();
    }
    say(value ? "{\"type\":\"result\"," + head + ",\"value\":" + *value + "}"
              : "{\"type\":\"failed\"," + head + ",\"reason\":\"its workers died\"}");
  }
}

}  // namespace

int main(int argc, char** argv) {
  const int workers = argc > 2 && std::string(argv[1]) == "--workers" ? std::atoi(argv[2]) : 2;
  Queue tasks;
  std::vector<std::thread> threads;
  for (int i = 0; i < workers; ++i) threads.emplace_back([&tasks] { serve(tasks); });
  say(R"({"type":"ready","ops":["echo","sleep","die"]})");
  for (std::string line; std::getline(std::cin, line);) tasks.push(line);
  tasks.close();
  for (auto& thread : threads) thread.join();
}
