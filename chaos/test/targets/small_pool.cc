#include "chaos/test/targets/small_pool.h"

#include <fmt/format.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdlib>

namespace revenant::chaos::targets {
namespace {

constexpr std::int64_t kLateMs = 2000;
constexpr std::int64_t kRetryMs = 20;
// Of a task that its workers die of. Chance alone does not kill one so often.
constexpr unsigned kAttemptsMax = 5;

std::int64_t now_ms() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(
             std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

}  // namespace

SmallPool::SmallPool(unsigned workers, Mutation mutation)
    : strength_(mutation == Mutation::works_alone ? 0 : workers), mutation_(mutation) {}

int SmallPool::run() {
  for (unsigned i = 0; i < strength_; ++i) spawn();
  announce();
  while (!is_done()) {
    spawn_due();
    dispatch();
    wait();
  }
  for (const WorkerProcess& worker : workers_) ::close(worker.socket);
  if (has(Mutation::abandons)) return 0;
  if (has(Mutation::outlived_by_workers)) {
    for (const WorkerProcess& worker : workers_) ::kill(worker.pid, SIGTERM);
  }
  while (::wait(nullptr) > 0) {
  }
  return 0;
}

bool SmallPool::is_done() const {
  if (!input_ended_ || !queue_.empty() || has(Mutation::stops_dispatching)) return false;
  return std::none_of(workers_.begin(), workers_.end(),
                      [](const WorkerProcess& worker) { return worker.task.has_value(); });
}

void SmallPool::announce() {
  std::string pids;
  for (const WorkerProcess& worker : workers_) {
    pids += fmt::format("{}{}", pids.empty() ? "" : ",", worker.pid);
  }
  say(fmt::format(
      R"({{"type":"ready","name":"small-pool","ops":["echo","crc32","sleep","spin","record","die"],)"
      R"("workers":[{}]}})"
      "\n",
      pids));
}

void SmallPool::spawn() {
  std::vector<int> others;
  for (const WorkerProcess& worker : workers_) others.push_back(worker.socket);
  WorkerProcess worker =
      start_worker(others, {.spoil_second_try = has(Mutation::spoils_second_try),
                            .outlive_the_pool = has(Mutation::outlived_by_workers) ||
                                                (has(Mutation::abandons) && deaths_ > 0)});
  if (worker.pid > 0) {
    workers_.push_back(std::move(worker));
  } else if (!has(Mutation::forks_once)) {
    births_.push_back(now_ms() + kRetryMs);
  }
}

void SmallPool::spawn_due() {
  bool any = false;
  for (; !births_.empty() && births_.front() <= now_ms(); births_.pop_front(), any = true) spawn();
  if (any) announce();
}

void SmallPool::wait() {
  std::vector<pollfd> polled;
  for (const WorkerProcess& worker : workers_) {
    const short events = worker.to_worker.empty() ? POLLIN : POLLIN | POLLOUT;
    polled.push_back({worker.socket, events, 0});
  }
  const std::size_t sockets = polled.size();
  if (!input_ended_) polled.push_back({STDIN_FILENO, POLLIN, 0});
  const std::int64_t birth =
      births_.empty() ? -1 : std::max<std::int64_t>(0, births_.front() - now_ms());
  if (::poll(polled.data(), polled.size(), static_cast<int>(birth)) < 0 && errno != EINTR) {
    std::perror("poll");
    std::exit(2);
  }
  if (!input_ended_ && polled.back().revents != 0) take_input();
  // From the last: a death removes its worker from the list.
  for (std::size_t i = sockets; i-- > 0;) {
    if (polled[i].revents != 0) on_socket(i);
  }
}

void SmallPool::take_input() {
  char buffer[65536];
  const ssize_t n = ::read(STDIN_FILENO, buffer, sizeof buffer);
  if (n <= 0) {
    input_ended_ = true;
    return;
  }
  input_.append(buffer, static_cast<std::size_t>(n));
  std::size_t begin = 0;
  for (std::size_t end; (end = input_.find('\n', begin)) != std::string::npos; begin = end + 1) {
    queue_.push_back(read_task(input_.substr(begin, end - begin)));
  }
  input_.erase(0, begin);
}

void SmallPool::dispatch() {
  if (has(Mutation::stops_dispatching) && deaths_ >= 3) return;
  while (strength_ == 0 && !queue_.empty()) {
    queue_.front().attempts = 1;
    say(do_task(queue_.front(), false));
    queue_.pop_front();
  }
  for (WorkerProcess& worker : workers_) {
    if (worker.task || queue_.empty()) continue;
    Task task = std::move(queue_.front());
    queue_.pop_front();
    give(worker, std::move(task));
  }
}

// What its socket does not take goes when poll() says so. A dead worker is found there too.
void SmallPool::push(WorkerProcess& worker) {
  const ssize_t n =
      ::send(worker.socket, worker.to_worker.data(), worker.to_worker.size(), MSG_NOSIGNAL);
  if (n > 0) worker.to_worker.erase(0, static_cast<std::size_t>(n));
}

void SmallPool::give(WorkerProcess& worker, Task task) {
  ++task.attempts;
  worker.to_worker += fmt::format("{} {}\n", task.attempts, task.line);
  worker.task = std::move(task);
  push(worker);
}

void SmallPool::on_socket(std::size_t which) {
  WorkerProcess& worker = workers_[which];
  if (!worker.to_worker.empty()) push(worker);
  char buffer[65536];
  const ssize_t n = ::read(worker.socket, buffer, sizeof buffer);
  if (n < 0 && (errno == EAGAIN || errno == EINTR)) return;
  if (n <= 0) return on_death(which);
  worker.from_worker.append(buffer, static_cast<std::size_t>(n));
  if (worker.from_worker.back() != '\n') return;
  on_answer(worker, worker.from_worker);
  worker.from_worker.clear();
}

void SmallPool::on_answer(WorkerProcess& worker, const std::string& line) {
  say(line);
  worker.last = std::move(worker.task);
  worker.task.reset();
  ++answers_;
  if (has(Mutation::kills_its_own) && answers_ % 200 == 0) ::kill(worker.pid, SIGKILL);
}

void SmallPool::on_death(std::size_t which) {
  WorkerProcess dead = std::move(workers_[which]);
  workers_.erase(workers_.begin() + static_cast<std::ptrdiff_t>(which));
  ++deaths_;
  ::close(dead.socket);
  int status = 0;
  if (!has(Mutation::never_reaps)) ::waitpid(dead.pid, &status, 0);
  if (has(Mutation::believes_exit_0) && WIFEXITED(status) && WEXITSTATUS(status) == 0) {
    dead.task.reset();
  }
  if (has(Mutation::crashes) && deaths_ == 3) std::_Exit(1);
  if (has(Mutation::logs_on_stdout)) say(fmt::format("worker {} died\n", dead.pid));
  move_on(dead);
  if (has(Mutation::forgets_the_first) && deaths_ == 1) return;
  births_.push_back(now_ms() + (has(Mutation::replaces_late) ? kLateMs : 0));
}

// What becomes of the task that the dead worker had.
void SmallPool::move_on(WorkerProcess& dead) {
  if (has(Mutation::gives_up_all)) give_up_all();
  if (has(Mutation::answers_twice) && dead.last) queue_.push_front(*dead.last);
  if (!dead.task) return;
  if (has(Mutation::answers_a_stranger)) {
    say(fmt::format(R"({{"type":"result","id":{},"value":1}})"
                    "\n",
                    dead.task->id + (std::uint64_t{1} << 40)));
  }
  if (has(Mutation::gives_up) || has(Mutation::gives_up_and_answers) ||
      has(Mutation::gives_up_all)) {
    say(failed_line(*dead.task, dead.pid));
  }
  if (has(Mutation::loses_on_kill) || has(Mutation::gives_up) || has(Mutation::gives_up_all)) {
    return;
  }
  if (dead.task->attempts >= kAttemptsMax) {
    say(failed_line(*dead.task, dead.pid));
    return;
  }
  queue_.push_front(std::move(*dead.task));
}

void SmallPool::give_up_all() {
  for (const Task& task : queue_) say(failed_line(task, std::nullopt));
  queue_.clear();
}

void SmallPool::say(const std::string& lines) {
  for (std::size_t done = 0; done < lines.size();) {
    const ssize_t n = ::write(STDOUT_FILENO, lines.data() + done, lines.size() - done);
    if (n <= 0) std::_Exit(0);  // the harness is gone
    done += static_cast<std::size_t>(n);
  }
}

}  // namespace revenant::chaos::targets
