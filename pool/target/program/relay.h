// What a worker of the pool does where the tasks are a program's: hands them over, and takes the
// replies.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "pool/target/line_reader.h"
#include "pool/target/program/bundle.h"
#include "pool/target/program/journal.h"
#include "pool/target/program/program.h"
#include "pool/target/program/program_message.h"

namespace revenant::target {

// When a program that was started can take tasks. Until then its worker is starting: it gets no
// task, its death is a failed start, and its time is bounded by the pool's start timeout.
enum class ProgramStart {
  at_once,  // there is no telling
  message,  // it sends {"type":"ready"}
  node,     // it has read a message of Node's internal kind, which its program never sees: its
            // script has run to the end, and its event loop listens
};

struct ProgramOptions {
  std::vector<std::string> command;
  ProgramStart start = ProgramStart::at_once;
};

// Made in the supervisor, used in its forks: each worker has a copy, and a program of its own. One
// of them dies, so does the other: of the relay the kernel tells the program (PR_SET_PDEATHSIG), of
// the program SIGCHLD tells the relay, which ends in the same way. So to the pool the two are one
// worker, and its promises hold for both.
class Relay {
 public:
  Relay(ProgramOptions program, const Journals& journals)
      : options_(std::move(program)), journals_(journals) {}
  Relay(const Relay&) = delete;
  Relay& operator=(const Relay&) = delete;

  // In the worker, before it is ready. Throws where the program cannot be executed; returns once it
  // can take tasks, as far as that can be known (ProgramStart).
  void start();

  // Carries a bundle out. `value` receives the replies that the journal had no room for. Without
  // memory for that it dies: whoever does not know which replies are still to come cannot go on.
  void operator()(std::string_view payload, std::string& value) noexcept;

  // Tells the program that no more tasks come, by the end of what it reads, and ends as it does.
  // Until then what it still sends is read and dropped. One that stays is the pool's to kill.
  [[noreturn]] void leave() noexcept;

 private:
  void exchange();
  void write_messages();
  void read_replies();
  void take(const ProgramMessage& message);
  [[nodiscard]] std::size_t task_answered_by(const ProgramMessage& message) const;
  void wait_for_ready_message();
  void wait_for_event_loop() const;

  const ProgramOptions options_;
  const Journals& journals_;
  Program program_;
  std::unique_ptr<LineReader> reader_;
  std::unique_ptr<ProgramMessageParser> parser_;

  // Of the bundle that is being carried out.
  Bundle bundle_;
  std::string_view unsent_;
  std::vector<bool> answered_;
  std::size_t answers_ = 0;
  std::size_t oldest_open_ = 0;
  std::string* value_ = nullptr;
};

}  // namespace revenant::target
