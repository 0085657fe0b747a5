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
#include <utility>

namespace revenant::chaos::targets {
namespace {

constexpr std::int64_t kLateMs = 2000;
// Deaths of one fault are read in turns of poll() that a busy machine draws apart.
constexpr std::int64_t kTogetherMs = 50;
constexpr std::int64_t kRetryMs = 20;

std::int64_t now_ms() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(
             std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

}  // namespace

SmallPool::SmallPool(unsigned workers, unsigned attempts_max, Mutation mutation)
    : strength_(mutation == Mutation::works_alone ? 0 : workers),
      attempts_max_(attempts_max),
      mutation_(mutation) {}

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
  if (!input_ended_ || !queue_.empty() || stopped_dispatching_) return false;
  return std::none_of(workers_.begin(), workers_.end(),
                      [](const WorkerProcess& worker) { return worker.task.has_value(); });
}

void SmallPool::announce() {
  std::string pids;
  for (const WorkerProcess& worker : workers_) {
    const pid_t pid = has(Mutation::declares_nobody) ? 1 : worker.pid;
    pids += fmt::format("{}{}", pids.empty() ? "" : ",", pid);
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
  WorkerHabits habits;
  habits.spoil_second_try = has(Mutation::spoils_second_try);
  habits.spoil_rarely = has(Mutation::spoils_rarely);
  habits.skip_some = has(Mutation::answers_undone);
  const bool first = spawned_ == strength_;  // of those that replace somebody
  const bool third = spawned_ == strength_ + 2;
  ++spawned_;
  habits.fail_everything =
      (has(Mutation::black_hole) && first) || (has(Mutation::late_black_hole) && third);
  habits.outlive_the_pool =
      has(Mutation::outlived_by_workers) || (has(Mutation::abandons) && deaths_ > 0);
  WorkerProcess worker = start_worker(others, habits);
  worker.starved = (has(Mutation::starves_successors) && deaths_ > 0) ||
                   (has(Mutation::starves_the_third) && third);
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
  if (stopped_dispatching_) return;
  if (has(Mutation::refuses)) give_up_all();
  while (strength_ == 0 && !queue_.empty()) {
    queue_.front().attempts = 1;
    say(do_task(queue_.front(), false));
    queue_.pop_front();
  }
  for (WorkerProcess& worker : workers_) {
    if (worker.task || worker.starved || queue_.empty()) continue;
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
  const bool again =
      has(Mutation::executes_twice) && worker.task->id % 50 == 0 && worker.task->attempts == 1;
  if (again) {
    queue_.push_back(std::move(*worker.task));
    worker.task.reset();
    return;
  }
  ++answers_;
  const bool drops = has(Mutation::loses_rarely) && answers_ % 1000 == 0;
  if (!drops) say(has(Mutation::hides_results) ? failed_line(*worker.task, worker.pid) : line);
  worker.last = std::move(worker.task);
  worker.task.reset();
  const bool kills = (has(Mutation::kills_its_own) && answers_ % 200 == 0) ||
                     (has(Mutation::kills_one) && answers_ == 300);
  if (kills) ::kill(worker.pid, SIGKILL);
}

void SmallPool::on_death(std::size_t which) {
  WorkerProcess dead = std::move(workers_[which]);
  workers_.erase(workers_.begin() + static_cast<std::ptrdiff_t>(which));
  ++deaths_;
  death_before_ = std::exchange(last_death_, now_ms());
  const bool leaks =
      has(Mutation::leaks_sockets) || (has(Mutation::leaks_every_third) && deaths_ % 3 == 0);
  if (!leaks) ::close(dead.socket);
  const bool reaps =
      !has(Mutation::never_reaps) && !(has(Mutation::leaves_one_zombie) && at_death(3));
  int status = 0;
  if (reaps) ::waitpid(dead.pid, &status, 0);
  harm_on_death(dead, status);
  move_on(dead);
  if (has(Mutation::forgets_the_first) && at_death(1)) return;
  const bool late =
      has(Mutation::replaces_late) || (has(Mutation::replaces_the_second_late) && at_death(2));
  births_.push_back(now_ms() + (late ? kLateMs : 0));
}

// What a correct pool does not do when a worker dies.
void SmallPool::harm_on_death(WorkerProcess& dead, int status) {
  const bool was_idle = !dead.task;
  if (has(Mutation::crashes) && at_death(3)) std::_Exit(1);
  if (has(Mutation::crashes_on_idle_death) && was_idle) std::_Exit(1);
  if (has(Mutation::logs_on_stdout) || (has(Mutation::logs_once) && at_death(2))) {
    say(fmt::format("worker {} died\n", dead.pid));
  }
  if (has(Mutation::stops_dispatching) && at_death(3)) stopped_dispatching_ = true;
  if (has(Mutation::stops_after_idle_death) && was_idle) stopped_dispatching_ = true;
  if (has(Mutation::hoards)) hoard_.emplace_back(std::size_t{256} << 10, 'x');
  if (has(Mutation::hoards_a_little)) hoard_.emplace_back(std::size_t{48} << 10, 'x');
  if (has(Mutation::believes_exit_0) && WIFEXITED(status) && WEXITSTATUS(status) == 0) {
    dead.task.reset();
  }
  if (has(Mutation::gives_up_the_next) && at_death(2) && !queue_.empty()) {
    say(failed_line(queue_.front(), workers_.front().pid));
    queue_.pop_front();
  }
}

// What becomes of the task that the dead worker had.
void SmallPool::move_on(WorkerProcess& dead) {
  if (has(Mutation::gives_up_all)) give_up_all();
  const bool again =
      has(Mutation::answers_twice) || (has(Mutation::answers_twice_once) && deaths_ >= 3);
  if (again && dead.last) {
    queue_.push_front(*dead.last);
    if (has(Mutation::answers_twice_once)) mutation_ = Mutation::none;
  }
  if (!dead.task) return;
  if (has(Mutation::answers_a_stranger)) {
    say(fmt::format(R"({{"type":"result","id":{},"value":1}})"
                    "\n",
                    dead.task->id + (std::uint64_t{1} << 40)));
  }
  const bool drops =
      has(Mutation::gives_up, Mutation::gives_up_all, Mutation::gives_up_and_answers) ||
      (has(Mutation::gives_up_once) && deaths_ >= 2);
  if (drops) say(failed_line(*dead.task, dead.pid));
  const bool loses_one = (has(Mutation::loses_on_second_death) && deaths_ >= 2) ||
                         (has(Mutation::loses_when_two_die) && deaths_ >= 2 &&
                          last_death_ - death_before_ < kTogetherMs);
  const bool loses = has(Mutation::loses_on_kill) || loses_one;
  if (loses_one || (has(Mutation::gives_up_once) && drops)) mutation_ = Mutation::none;
  if (loses || (drops && !has(Mutation::gives_up_and_answers))) return;
  if (dead.task->attempts >= attempts_max_ && !has(Mutation::never_gives_up)) {
    if (!has(Mutation::forgets_poison)) say(failed_line(*dead.task, dead.pid));
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
