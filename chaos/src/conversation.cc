#include "chaos/src/conversation.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "chaos/src/protocol_task.h"

namespace revenant::chaos {
namespace {

// A target says `ready` again whenever its workers change: so often for each task or fault, and it
// is noise.
constexpr std::uint64_t kReadyMax = 200'000;

}  // namespace

Conversation::Conversation(os::UniqueFd input, os::UniqueFd output, const RunOptions& options,
                           std::string record_path, Recorder& recorder)
    : input_(std::move(input)),
      output_(std::move(output)),
      lines_(line_bytes_max(options)),
      recorder_(recorder),
      workload_(options, std::move(record_path)) {}

void Conversation::submit(Nanos due, Nanos now) {
  if (outstanding() == 0) last_progress_ = now;
  const std::uint64_t id = open_.open();
  const Workload::Task task = workload_.draw(id, input_.buffer());
  recorder_.record(
      now,
      TaskSubmitted{.id = id, .op = std::string(task.operation), .due = due, .want = task.want});
}

std::uint64_t Conversation::submit_death(Nanos now) {
  if (outstanding() == 0) last_progress_ = now;
  const std::uint64_t id = open_.open();
  append_task(input_.buffer(), id, "die", R"({"exit":0})");
  recorder_.record(now, TaskSubmitted{.id = id, .op = "die", .due = now, .want = std::nullopt});
  return id;
}

bool Conversation::read() {
  if (!output_) return false;
  const std::span<char> room = lines_.room();
  const ssize_t got = ::read(output_.get(), room.data(), room.size());
  if (got < 0 && (errno == EAGAIN || errno == EINTR)) return true;
  // The time of all that this read brought: whatever is older was not seen sooner.
  const Nanos now = recorder_.now();
  if (got <= 0) {
    if (const auto rest = lines_.rest()) {
      take_unreadable(*rest, "the output ended before the line did", now);
    }
    output_.reset();
    return false;
  }
  // A flood is read on, so that its writer can hear the end of its input, but no longer looked at.
  if (is_flooded()) return true;
  lines_.filled(static_cast<std::size_t>(got));
  while (const auto line = lines_.next()) {
    take(*line, now);
    if (is_flooded()) break;
  }
  return true;
}

void Conversation::take(const ProtocolLines::Line& line, Nanos now) {
  if (line.too_long) {
    take_unreadable(line, "longer than a line may be", now);
    return;
  }
  Message message = parse_message(line.text);
  if (const auto* result = std::get_if<TaskResult>(&message)) {
    take_result(*result, now);
  } else if (const auto* failed = std::get_if<TaskFailed>(&message)) {
    take_failed(*failed, now);
  } else if (auto* ready = std::get_if<ReadyMessage>(&message)) {
    recorder_.record(now, TargetReady{.workers = ready->workers.value_or(std::vector<pid_t>()),
                                      .name = ready->name});
    if (++repeated_ready_ > kReadyMax) ++noise_;
    // Two in one read: the later says who the workers are, the first what they can do.
    if (ready_ && !ready->operations) ready->operations = std::move(ready_->operations);
    ready_ = std::move(*ready);
  } else {
    take_unreadable(line, std::move(std::get<UnreadableMessage>(message).why), now);
  }
}

void Conversation::take_result(const TaskResult& result, Nanos now) {
  close_task(result.id, now);
  recorder_.record(now, result);
}

void Conversation::take_failed(const TaskFailed& failed, Nanos now) {
  close_task(failed.id, now);
  recorder_.record(now, failed);
}

// A second outcome, or one for an id that was never given, is the checkers' business; too many are
// a flood.
void Conversation::close_task(std::uint64_t id, Nanos now) {
  if (open_.close(id)) {
    last_progress_ = now;
  } else {
    ++noise_;
  }
}

void Conversation::take_unreadable(const ProtocolLines::Line& line, std::string why, Nanos now) {
  ++unreadable_;
  ++noise_;
  recorder_.record(
      now,
      UnreadableLine{.line = line.number, .why = std::move(why), .sample = sample_of(line.text)});
}

std::optional<ReadyMessage> Conversation::take_ready() {
  return std::exchange(ready_, std::nullopt);
}

}  // namespace revenant::chaos
