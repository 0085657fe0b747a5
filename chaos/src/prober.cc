#include "chaos/src/prober.h"

#include <fcntl.h>
#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <nlohmann/json.hpp>
#include <utility>
#include <vector>

#include "chaos/src/pipe.h"
#include "pool/os/error.h"

namespace revenant::chaos {
namespace {

using std::chrono_literals::operator""ms;

constexpr auto kTryAgain = 100ms;  // whether the target is ready
// So many probes run at once: more would be a load of their own. Others wait, and their latency
// counts from when they were due.
constexpr std::size_t kOpenMax = 16;

}  // namespace

Prober::Prober(const std::optional<Probe>& probe, std::chrono::milliseconds limit)
    : plan_(probe ? std::optional(resolve_probe(*probe)) : std::nullopt), limit_(limit) {
  Pipe input = make_pipe("the prober");
  Pipe output = make_pipe("the prober");
  make_non_blocking(input.write);
  make_non_blocking(output.read);
  near_input_ = std::move(input.write);
  input_ = std::move(input.read);
  near_output_ = std::move(output.read);
  output_ = std::move(output.write);
  thread_ = std::thread([this] { run(); });
}

Prober::~Prober() {
  near_input_.reset();
  near_output_.reset();
  thread_.join();
}

std::string Prober::last_failure() const {
  const std::scoped_lock lock(mutex_);
  return last_failure_;
}

void Prober::run() {
  if (!plan_) say(R"({"type":"ready","ops":["echo"]})");
  while (!input_ended_) {
    start_waiting();
    wait();
    take_answers();
  }
  open_.clear();
}

void Prober::start_waiting() {
  const os::TimePoint now = os::now();
  if (plan_ && !said_ready_ && open_.empty() && now >= next_try_) {
    next_try_ = now + kTryAgain;
    open_.push_back({std::nullopt, {}, now, ProbeAttempt(*plan_)});
  }
  while (!waiting_.empty() && open_.size() < kOpenMax) {
    Waiting& next = waiting_.front();
    open_.push_back({next.id, std::move(next.value), now, ProbeAttempt(*plan_)});
    waiting_.pop_front();
  }
}

void Prober::wait() {
  std::vector<pollfd> fds = {{input_.get(), POLLIN, 0}};
  os::TimePoint until = os::now() + 1000ms;
  if (plan_ && !said_ready_) until = std::min(until, next_try_);
  for (const Open& open : open_) {
    fds.push_back(open.attempt.waits_for());
    until = std::min(until, fds.back().fd < 0 ? os::now() : open.since + limit_);
  }
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - os::now());
  ::poll(fds.data(), fds.size(), static_cast<int>(std::max(left, 0ms).count()));
  if (fds.front().revents != 0) input_ended_ = !take_input_lines();
}

bool Prober::take_input_lines() {
  char buffer[4096];
  const ssize_t got = ::read(input_.get(), buffer, sizeof buffer);
  if (got < 0 && errno == EINTR) return true;
  if (got <= 0) return false;
  unread_.append(buffer, static_cast<std::size_t>(got));
  std::size_t begin = 0;
  for (std::size_t end; (end = unread_.find('\n', begin)) != std::string::npos; begin = end + 1) {
    take_task(unread_.substr(begin, end - begin));
  }
  unread_.erase(0, begin);
  return true;
}

void Prober::take_task(const std::string& line) {
  const auto task = nlohmann::json::parse(line);
  waiting_.push_back({task.at("id").get<std::uint64_t>(), task.at("arg").dump()});
}

void Prober::take_answers() {
  const os::TimePoint now = os::now();
  for (auto open = open_.begin(); open != open_.end();) {
    auto outcome = open->attempt.advance();
    if (!outcome && now - open->since >= limit_) {
      outcome = fmt::format("no answer within {} ms", limit_.count());
    }
    if (outcome) answer(*open, *outcome);
    open = outcome ? open_.erase(open) : std::next(open);
  }
}

void Prober::answer(const Open& open, const std::string& failure) {
  if (!failure.empty()) {
    const std::scoped_lock lock(mutex_);
    last_failure_ = failure;
  }
  if (open.id) {
    say(failure.empty()
            ? fmt::format(R"({{"type":"result","id":{},"value":{}}})", *open.id, open.value)
            : fmt::format(R"({{"type":"failed","id":{},"reason":{}}})", *open.id,
                          nlohmann::json(failure).dump()));
  } else if (failure.empty() && !std::exchange(said_ready_, true)) {
    say(R"({"type":"ready","ops":["echo"]})");
  }
}

// A line is shorter than what a pipe takes as a whole.
void Prober::say(const std::string& line) {
  const std::string whole = line + '\n';
  if (::write(output_.get(), whole.data(), whole.size()) < 0) input_ended_ = true;
}

}  // namespace revenant::chaos
