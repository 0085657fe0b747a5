#include "pool/target/program/relay.h"

#include <linux/sockios.h>
#include <poll.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <cstdint>

#include "pool/os/clock.h"
#include "pool/os/error.h"

namespace revenant::target {
namespace {

constexpr std::size_t kNone = SIZE_MAX;

const ProgramMessage kTooLong{
    .reply = ReplyKind::error,
    .text = "the program's reply is longer than " + std::to_string(kLineBytesMax) + " bytes"};

// For the handler: the program of this process, and whether a bundle is being carried out.
const Program* g_program = nullptr;
volatile sig_atomic_t g_is_busy = 0;
volatile sig_atomic_t g_has_ended = 0;

// The program has ended. Without work there is nothing to be rescued, and we end as it did; that
// may be at any instruction of the worker's loop, which is what the pool is made for. With work,
// its last replies lie in the channel, and exchange() takes them first.
void on_child(int) {
  const int error = errno;
  if (g_is_busy == 0) g_program->end_like();
  g_has_ended = 1;
  errno = error;
}

void listen_for_its_end() {
  struct sigaction action {};
  action.sa_handler = on_child;
  action.sa_flags = SA_NOCLDSTOP | SA_RESTART;
  if (::sigaction(SIGCHLD, &action, nullptr) != 0) os::throw_errno("sigaction");
}

}  // namespace

void Relay::start() {
  // Until the handler knows the program, its end is exchange's to see, or that of start() below.
  g_is_busy = 1;
  g_has_ended = 0;
  listen_for_its_end();
  program_.start(options_.command);
  g_program = &program_;
  // A fork made of the supervisor has its memory, but these are this worker's own.
  reader_ = std::make_unique<LineReader>(program_.channel());
  parser_ = std::make_unique<ProgramMessageParser>();
  switch (options_.start) {
    case ProgramStart::at_once:
      break;
    case ProgramStart::message:
      wait_for_ready_message();
      break;
    case ProgramStart::node:
      wait_for_event_loop();
      break;
  }
  g_is_busy = 0;
  if (g_has_ended != 0) program_.end_like();
}

void Relay::wait_for_ready_message() {
  while (true) {
    while (const auto line = reader_->front()) {
      const bool ready = parser_->parse(line->text).kind == ProgramMessage::Kind::ready;
      reader_->pop();
      if (ready) return;
    }
    std::array<pollfd, 2> fds{{{program_.channel(), POLLIN, 0}, {program_.pidfd(), POLLIN, 0}}};
    if (::poll(fds.data(), fds.size(), -1) < 0) continue;
    if (fds[0].revents == 0) program_.end_like();
    if (reader_->fill() == LineReader::Fill::end) program_.kill_and_end();
  }
}

// Whether the message was read is what the socket knows of bytes that were not. A look each
// millisecond: nobody says when that changes.
void Relay::wait_for_event_loop() const {
  constexpr std::string_view kHello = "{\"cmd\":\"NODE_REVENANT\"}\n";
  const int channel = program_.channel();
  if (::send(channel, kHello.data(), kHello.size(), MSG_NOSIGNAL) < 0) program_.kill_and_end();
  int unread = 1;
  while (::ioctl(channel, SIOCOUTQ, &unread) == 0 && unread > 0) {
    pollfd end{program_.pidfd(), POLLIN, 0};
    if (::poll(&end, 1, 1) > 0) program_.end_like();
  }
}

void Relay::operator()(std::string_view payload, std::string& value) noexcept {
  g_is_busy = 1;
  read_bundle(payload, bundle_);
  unsent_ = bundle_.messages;
  answered_.assign(bundle_.ids.size(), false);
  answers_ = oldest_open_ = 0;
  value_ = &value;
  Journal::Header& header = journals_.at(bundle_.journal).header();
  header.program.store(program_.pid(), std::memory_order_relaxed);
  const os::TimePoint before = os::now();
  exchange();
  header.took_ns.store((os::now() - before).count(), std::memory_order_relaxed);
  g_is_busy = 0;
  // It ended after its last reply. Every reply is in the journal, so the bundle is whole although
  // the pool never hears of it; those that are not are run again, without blame.
  if (g_has_ended != 0) program_.end_like();
}

// Until every task has its reply. Ends the process where the program ends before that.
void Relay::exchange() {
  while (true) {
    if (!unsent_.empty()) write_messages();
    const auto events = static_cast<short>(unsent_.empty() ? POLLIN : POLLIN | POLLOUT);
    std::array<pollfd, 2> fds{{{program_.channel(), events, 0}, {program_.pidfd(), POLLIN, 0}}};
    if (::poll(fds.data(), fds.size(), -1) < 0) continue;
    // First what it has said, whether or not it still lives.
    if ((fds[0].revents & (POLLIN | POLLHUP | POLLERR)) != 0) {
      read_replies();
    } else if (fds[1].revents != 0) {
      program_.end_like();
    }
    if (answers_ == bundle_.ids.size()) return;
  }
}

void Relay::write_messages() {
  Journal::Header& header = journals_.at(bundle_.journal).header();
  // Before the first byte goes out: if we die between the two, tasks are blamed that the program
  // has not seen, at most one of them.
  const std::uint32_t sent_before = header.sent.exchange(
      static_cast<std::uint32_t>(bundle_.ids.size()), std::memory_order_relaxed);
  const ssize_t sent =
      ::send(program_.channel(), unsent_.data(), unsent_.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
  if (sent > 0) {
    unsent_.remove_prefix(static_cast<std::size_t>(sent));
  } else if (errno == EPIPE || errno == ECONNRESET) {
    // It has ended, or closed its end: exchange() sees which. None of this was seen by anybody.
    header.sent.store(sent_before, std::memory_order_relaxed);
    unsent_ = {};
  }
}

// Our side alone is shut: a program that says something as it goes shall not die of SIGPIPE. Its
// end is on_child's, at any instruction.
void Relay::leave() noexcept {
  ::shutdown(program_.channel(), SHUT_WR);
  std::array<char, 4096> dropped{};
  while (true) {
    const ssize_t got = ::recv(program_.channel(), dropped.data(), dropped.size(), 0);
    if (got == 0 || (got < 0 && errno != EINTR)) break;
  }
  while (true) ::pause();
}

void Relay::read_replies() {
  switch (reader_->fill()) {
    case LineReader::Fill::some:
      break;
    case LineReader::Fill::nothing:
      return;
    case LineReader::Fill::end:
    case LineReader::Fill::failed:
      // Dead, or of no more use: it cannot be spoken to.
      program_.kill_and_end();
  }
  for (auto line = reader_->front(); line; line = reader_->front()) {
    take(line->too_long ? kTooLong : parser_->parse(line->text));
    reader_->pop();
  }
}

void Relay::take(const ProgramMessage& message) {
  if (message.kind != ProgramMessage::Kind::reply) return;
  const std::size_t index = task_answered_by(message);
  if (index == kNone) return;
  answered_[index] = true;
  ++answers_;
  while (oldest_open_ < answered_.size() && answered_[oldest_open_]) ++oldest_open_;
  Journal journal = journals_.at(bundle_.journal);
  const Reply reply{static_cast<std::uint32_t>(index), message.reply, message.text};
  if (journal.append(reply)) return;
  static_cast<void>(journal.append({reply.index, ReplyKind::elsewhere, {}}));
  append_reply(*value_, reply);
}

// None where it answers no open task of this bundle: a second reply, or one that comes too late.
std::size_t Relay::task_answered_by(const ProgramMessage& message) const {
  if (!message.id) return oldest_open_ < answered_.size() ? oldest_open_ : kNone;
  for (std::size_t i = oldest_open_; i < answered_.size(); ++i) {
    if (!answered_[i] && bundle_.ids[i] == *message.id) return i;
  }
  return kNone;
}

}  // namespace revenant::target
