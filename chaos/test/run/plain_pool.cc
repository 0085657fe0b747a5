// The simplest correct target, for the tests of the harness: N workers, one task at a time each,
// handed over on a socket pair. A worker that dies is replaced, and its task is done again.
//
//   plain_pool WORKERS [undeclared]
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <deque>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace {

using nlohmann::json;

constexpr std::size_t kLineBytesMax = std::size_t{8} << 20;

struct Worker {
  pid_t pid = -1;
  int socket = -1;
  std::string task;  // that it is doing
};

// Bit by bit, and not the harness's own: it is the harness that is tested.
std::uint32_t crc32(std::string_view bytes) {
  std::uint32_t crc = 0xffffffff;
  for (const char byte : bytes) {
    crc ^= static_cast<unsigned char>(byte);
    for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1) ^ ((crc & 1) != 0 ? 0xedb88320U : 0U);
  }
  return ~crc;
}

json value_of(const json& task) {
  const std::string op = task["op"];
  if (op == "crc32") return crc32(task["arg"].get_ref<const std::string&>());
  if (op == "sleep") std::this_thread::sleep_for(std::chrono::milliseconds(task["arg"]));
  return task["arg"];
}

[[noreturn]] void work(int socket) {
  // Not filled with zeros: a worker has to be quick at its start.
  const auto line = std::make_unique_for_overwrite<char[]>(kLineBytesMax);
  while (true) {
    const ssize_t got = ::recv(socket, line.get(), kLineBytesMax, 0);
    if (got <= 0) ::_exit(0);
    const json task = json::parse(line.get(), line.get() + got);
    const json result = {
        {"type", "result"}, {"id", task["id"]}, {"value", value_of(task)}, {"worker", ::getpid()}};
    const std::string text = result.dump();
    if (::send(socket, text.data(), text.size(), MSG_NOSIGNAL) < 0) ::_exit(1);
  }
}

class Pool {
 public:
  Pool(std::size_t workers, bool declares) : workers_(workers), declares_(declares) {
    for (Worker& worker : workers_) start(worker);
    say_ready();
    ::fcntl(STDIN_FILENO, F_SETFL, ::fcntl(STDIN_FILENO, F_GETFL) | O_NONBLOCK);
  }

  void serve() {
    while (!at_end_ || !waiting_.empty() || is_busy()) {
      std::vector<pollfd> polled;
      polled.push_back({at_end_ ? -1 : STDIN_FILENO, POLLIN, 0});
      for (const Worker& worker : workers_) polled.push_back({worker.socket, POLLIN, 0});
      ::poll(polled.data(), polled.size(), -1);
      if (polled[0].revents != 0) read_tasks();
      for (std::size_t i = 0; i < workers_.size(); ++i) {
        if (polled[i + 1].revents != 0) hear(workers_[i]);
      }
      hand_out();
    }
    for (Worker& worker : workers_) {
      ::close(worker.socket);
      ::kill(worker.pid, SIGCONT);
    }
    while (::wait(nullptr) > 0 || errno == EINTR) {
    }
  }

 private:
  void start(Worker& worker) {
    int pair[2];
    if (::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) != 0) std::abort();
    const int bytes = 16 << 20;
    for (const int socket : pair)
      ::setsockopt(socket, SOL_SOCKET, SO_SNDBUFFORCE, &bytes, sizeof bytes);
    const pid_t parent = ::getpid();
    worker.pid = ::fork();
    if (worker.pid == 0) {
      ::prctl(PR_SET_PDEATHSIG, SIGKILL);
      if (::getppid() != parent) ::_exit(1);
      for (const Worker& other : workers_) {
        if (other.socket >= 0) ::close(other.socket);
      }
      ::close(pair[0]);
      work(pair[1]);
    }
    ::close(pair[1]);
    worker.socket = pair[0];
  }

  void say_ready() {
    json ready = {{"type", "ready"}, {"name", "plain_pool"}};
    if (declares_) {
      for (const Worker& worker : workers_) ready["workers"].push_back(worker.pid);
    }
    std::puts(ready.dump().c_str());
    std::fflush(stdout);
  }

  bool is_busy() const {
    for (const Worker& worker : workers_) {
      if (!worker.task.empty()) return true;
    }
    return false;
  }

  void read_tasks() {
    char buffer[65536];
    const ssize_t got = ::read(STDIN_FILENO, buffer, sizeof buffer);
    if (got == 0) at_end_ = true;
    if (got <= 0) return;
    input_.append(buffer, static_cast<std::size_t>(got));
    std::size_t begin = 0;
    for (auto end = input_.find('\n'); end != std::string::npos; end = input_.find('\n', begin)) {
      waiting_.push_back(input_.substr(begin, end - begin));
      begin = end + 1;
    }
    input_.erase(0, begin);
  }

  // A result, or the end of the worker.
  void hear(Worker& worker) {
    const ssize_t got = ::recv(worker.socket, answer_.get(), kLineBytesMax - 1, MSG_DONTWAIT);
    if (got > 0) {
      answer_[static_cast<std::size_t>(got)] = '\n';
      std::fwrite(answer_.get(), 1, static_cast<std::size_t>(got) + 1, stdout);
      std::fflush(stdout);
      worker.task.clear();
      return;
    }
    if (got < 0 && (errno == EAGAIN || errno == EINTR)) return;
    ::close(worker.socket);
    worker.socket = -1;
    ::waitpid(worker.pid, nullptr, 0);
    if (!worker.task.empty()) waiting_.push_front(std::move(worker.task));
    worker.task.clear();
    start(worker);
    if (declares_) say_ready();
  }

  void hand_out() {
    for (Worker& worker : workers_) {
      if (waiting_.empty()) return;
      if (!worker.task.empty()) continue;
      worker.task = std::move(waiting_.front());
      waiting_.pop_front();
      // A worker that is already dead is noticed when it is heard.
      if (::send(worker.socket, worker.task.data(), worker.task.size(), MSG_NOSIGNAL) < 0) continue;
    }
  }

  std::vector<Worker> workers_;
  bool declares_;
  std::deque<std::string> waiting_;
  std::string input_;
  std::unique_ptr<char[]> answer_ = std::make_unique_for_overwrite<char[]>(kLineBytesMax);
  bool at_end_ = false;
};

}  // namespace

int main(int argc, char** argv) {
  Pool pool(argc > 1 ? std::strtoul(argv[1], nullptr, 10) : 2, argc < 3);
  pool.serve();
}
