#include "chaos/src/session.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>

#include "chaos/src/attach.h"
#include "chaos/src/descriptor_limit.h"
#include "chaos/src/exit_status.h"
#include "chaos/src/leftovers.h"
#include "chaos/src/plan.h"
#include "chaos/src/reap.h"
#include "chaos/src/reproduce.h"
#include "pool/os/error.h"
#include "pool/os/proc.h"

namespace revenant::chaos {
namespace {

constexpr Nanos kSampleEvery = 50 * kMillisecond;

// Tokens in epoll; members of the tree have those from kFirstMember on.
constexpr std::uint64_t kTimer = 0;
constexpr std::uint64_t kInput = 1;
constexpr std::uint64_t kOutput = 2;
constexpr std::uint64_t kErrors = 3;
constexpr std::uint64_t kMain = 4;
constexpr std::uint64_t kInterrupt = 5;
constexpr std::uint64_t kSpawnQuestion = 6;
constexpr std::uint64_t kFirstMember = 16;

Launched launch_target(const RunOptions& options, const RunFolder& folder) {
  raise_descriptor_limit();
  if (options.target_kind == TargetKind::attached) {
    Launched running;
    running.process = open_attachable(options.attach_to);
    return running;
  }
  return launch(
      options.command, folder.id(),
      {.asks_before_fork = asks_for(options, FaultKind::spawn_fails),
       .dumps_no_core = asks_for(options, FaultKind::segv) || asks_for(options, FaultKind::abort),
       .speaks_protocol = options.target_kind == TargetKind::speaks_protocol});
}

// Silence is a finding of its own, which comes first.
std::chrono::milliseconds probe_limit(const RunOptions& options) { return 2 * options.stall_after; }

std::string command_of(const RunOptions& options, const os::Process& process) {
  if (options.command.empty()) return os::read_command_line(process.pid());
  std::string command;
  for (const std::string& word : options.command) {
    command += (command.empty() ? "" : " ") + shell_quoted(word);
  }
  return command;
}

}  // namespace

KilledOnDestroy::~KilledOnDestroy() {
  if (!alive_) return;
  process_.send_signal(SIGKILL);
  static_cast<void>(process_.wait_ended(-1));
  static_cast<void>(reap(process_.pid()));
}

Session::Session(const RunOptions& options, const RunFolder& folder, Recorder& recorder)
    : options_(options),
      recorder_(recorder),
      launched_(launch_target(options, folder)),
      main_guard_(launched_.process),
      prober_(options.target_kind == TargetKind::speaks_protocol
                  ? std::optional<Prober>()
                  : std::optional<Prober>(std::in_place, options.probe, probe_limit(options))),
      conversation_(prober_ ? prober_->take_input() : std::move(launched_.input),
                    prober_ ? prober_->take_output() : std::move(launched_.output), options,
                    folder.file("record.txt"), recorder),
      log_(std::move(launched_.errors), folder.file("target.stderr")),
      gate_(std::move(launched_.spawn_questions)),
      tree_(launched_.process, folder.id(), epoll_, kFirstMember,
            is_attached() ? Orphans::go_elsewhere : Orphans::come_to_us),
      selector_(options.workers, options.worker_regex),
      workers_(tree_, selector_, recorder),
      injector_(launched_.process, workers_, tree_, conversation_, gate_, recorder),
      progress_(stderr, options.progress),
      watches_closely_(
          std::any_of(options.schedules.begin(), options.schedules.end(),
                      [](const Schedule& s) { return s.kind == Schedule::Kind::blocked; })) {
  if (is_attached()) main_guard_.let_live();
  watch(timer_.fd(), EPOLLIN, kTimer);
  watch(conversation_.input().fd(), EPOLLOUT | EPOLLET, kInput);
  watch(conversation_.output_fd(), EPOLLIN, kOutput);
  if (log_.fd() >= 0) watch(log_.fd(), EPOLLIN, kErrors);
  watch(launched_.process.pidfd(), EPOLLIN, kMain);
  // Edge-triggered: once nobody is left who could ask, it would be ready for ever.
  if (gate_.is_installed()) watch(gate_.fd(), EPOLLIN | EPOLLET, kSpawnQuestion);
  if (options.interrupt_fd >= 0) watch(options.interrupt_fd, EPOLLIN, kInterrupt);
  recorder_.record(TargetStarted{.pid = launched_.process.pid(),
                                 .command = command_of(options, launched_.process)});
}

Session::~Session() {
  if (is_attached()) {
    injector_.end_faults(recorder_.now());
    return;
  }
  if (!has_exited()) launched_.process.send_signal(SIGKILL);
  kill_tree(tree_);
}

void Session::watch(int fd, std::uint32_t events, std::uint64_t token) {
  if (!epoll_.add(fd, events, token)) os::throw_errno("epoll_ctl");
}

void Session::begin(Phase phase) {
  phase_ = phase;
  recorder_.record(PhaseBegan{phase});
}

void Session::turn(Nanos until) {
  if (watches_closely_) until = std::min(until, next_close_look_);
  until = std::min({until, next_sample_, workers_.next_due(), injector_.next_due()});
  wait(until);
  const Nanos now = recorder_.now();
  if (now >= workers_.next_due()) workers_.tick(now);
  if (now >= injector_.next_due()) injector_.tick(now);
  if (now >= next_sample_) take_sample(now);
  if (watches_closely_ && now >= next_close_look_) look_closely(now);
}

// Who fell idle first is told apart by milliseconds; a look may take a tenth of the time.
void Session::look_closely(Nanos now) {
  injector_.look_at_workers(now);
  next_close_look_ = now + std::max(kMillisecond, 10 * (recorder_.now() - now));
}

// The timer, not the timeout of epoll_wait, which rounds up to whole milliseconds.
void Session::wait(Nanos until) {
  const bool at_once = until <= recorder_.now();
  if (!at_once && until != timer_at_) {
    timer_.set(recorder_.to_time_point(until));
    timer_at_ = until;
  }
  std::array<epoll_event, 64> events;
  for (const epoll_event& event :
       epoll_.wait(events, at_once ? std::optional(os::Nanoseconds(0)) : std::nullopt)) {
    dispatch(event.data.u64);
  }
}

void Session::dispatch(std::uint64_t token) {
  switch (token) {
    case kTimer:
      timer_.clear();
      timer_at_ = 0;
      return;
    case kInput:
      flush_input();
      return;
    case kOutput:
      // At its end the descriptor is closed, and so leaves the set.
      if (!conversation_.read()) output_closed_at_ = recorder_.now();
      take_ready();
      return;
    case kErrors:
      log_.drain();
      return;
    case kMain:
      on_main_ended();
      return;
    case kInterrupt:
      take_interrupt();
      return;
    case kSpawnQuestion:
      gate_.answer_all();
      return;
    default:
      if (Member* const ended = workers_.on_pidfd(token, recorder_.now())) {
        injector_.on_ended(*ended);
      }
  }
}

void Session::take_ready() {
  auto ready = conversation_.take_ready();
  if (!ready) return;
  if (ready->workers) selector_.declare(*ready->workers);
  if (!has_exited() && (ready->workers || !ready_)) {
    workers_.begin_selecting();
    workers_.expect_change(recorder_.now());
    workers_.look(recorder_.now());
  }
  if (!ready_) ready_ = std::move(ready);
}

void Session::flush_input() {
  if (!conversation_.input().is_open()) return;
  if (conversation_.input().flush() == TargetInput::Flush::closed_by_target) {
    input_closed_by_target_ = true;
    conversation_.input().close();
  }
}

bool Session::output_was_closed_by_target() const noexcept {
  constexpr Nanos kExitsWithin = 1000 * kMillisecond;
  return output_closed_at_ && !has_exited() && recorder_.now() - *output_closed_at_ > kExitsWithin;
}

void Session::ask_to_end() {
  conversation_.input().close();
  if (options_.target_kind == TargetKind::program && !has_exited()) {
    launched_.process.send_signal(SIGTERM);
  }
}

std::string Session::last_probe_failure() const {
  return prober_ ? prober_->last_failure() : std::string();
}

void Session::on_main_ended() {
  const auto status =
      is_attached() ? exit_status_of(launched_.process) : reap(launched_.process.pid());
  if (!status && !is_attached()) return;
  epoll_.remove(launched_.process.pidfd());
  // What it said before it ended comes before the fact that it did. Bounded: others may hold the
  // pipe and write on.
  constexpr int kReadsMax = 64;
  for (int i = 0; i < kReadsMax && conversation_.read(); ++i) {
  }
  for (int i = 0; i < kReadsMax && log_.fd() >= 0; ++i) log_.drain();
  take_ready();
  main_guard_.was_reaped();
  exited_ = true;
  exit_status_ = status;
  // Whoever cannot know takes it for what was sent.
  const bool by_fault = injector_.on_main_ended(status.value_or(SIGKILL), recorder_.now());
  workers_.begin_closing();
  TargetExited exited;
  exited.injected = killed_main_ || by_fault;
  if (status && WIFSIGNALED(*status)) exited.signal = WTERMSIG(*status);
  if (status && WIFEXITED(*status)) exited.code = WEXITSTATUS(*status);
  recorder_.record(exited);
}

void Session::kill_main() {
  if (has_exited() || is_attached()) return;
  killed_main_ = true;
  launched_.process.send_signal(SIGKILL);
}

void Session::take_interrupt() {
  std::array<char, 128> buffer;
  if (::read(options_.interrupt_fd, buffer.data(), buffer.size()) > 0) ++interrupts_;
}

void Session::take_sample(Nanos now) {
  next_sample_ = now + kSampleEvery;
  recorder_.tick(now);
  Sample sample{.done = conversation_.done(),
                .outstanding = conversation_.outstanding(),
                .workers_alive = workers_.alive_count()};
  if (!has_exited()) {
    const pid_t pid = launched_.process.pid();
    sample.descriptors = os::count_descriptors(pid).value_or(0);
    const auto stat = os::read_proc_stat(pid);
    sample.resident_bytes = stat ? stat->resident_bytes : 0;
    sample.private_bytes = os::read_private_bytes(pid);
  }
  recorder_.record(now, sample);
  if (!watches_closely_) injector_.look_at_workers(now);
  progress_.show(now, {.phase = phase_,
                       .done = sample.done,
                       .installed = injector_.installed(),
                       .workers = sample.workers_alive});
}

}  // namespace revenant::chaos
