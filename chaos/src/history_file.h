// history.jsonl: the writer that a run appends to, and the reader that a judge goes through.
//
// The writer belongs to one thread of the harness. A line is in the kernel's hands after the flush
// that follows it, so a harness that is killed loses at most what it appended since its last
// tick(); the file then ends in a whole line or in a line cut anywhere, and the reader takes what
// is whole.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "chaos/src/history.h"

namespace revenant::chaos {

class HistoryWriter {
 public:
  // Creates or truncates `path`. If that fails, error() says so and append() does nothing.
  explicit HistoryWriter(const std::string& path);
  ~HistoryWriter();  // flushes
  HistoryWriter(const HistoryWriter&) = delete;
  HistoryWriter& operator=(const HistoryWriter&) = delete;

  // Formats the event into the buffer; writes it out when more than 64 KiB are waiting. Times may
  // not decrease: an earlier `t` than that of the event before is raised to it.
  void append(const HistoryEvent& event);

  // Call at least every 100 ms with the run's clock (the `t` of an event that would be appended
  // now): writes out what has waited for 50 ms or longer.
  void tick(Nanos now);

  // Writes out everything. False once there is an error.
  bool flush();

  // Empty, or what went wrong first, with the path: "history.jsonl: No space left on device".
  // Sticky: from then on nothing is written, so that no line is ever torn and then continued.
  [[nodiscard]] const std::string& error() const noexcept { return error_; }
  [[nodiscard]] std::uint64_t events() const noexcept { return events_; }

 private:
  std::string path_;
  int fd_ = -1;
  std::string buffer_;  // at most 64 KiB and one line
  Nanos last_t_ = 0;
  Nanos last_flush_ = 0;
  std::uint64_t events_ = 0;
  std::string error_;
};

// The line of one event, with its newline. The one place that fixes the JSON.
void format_event(const HistoryEvent& event, std::string& out);

// Reads one event after the other; memory does not grow with the file.
class HistoryReader {
 public:
  static constexpr std::uint64_t kAllLines = ~std::uint64_t{0};
  // The end of the file is behind `lines_max` lines, if not before.
  explicit HistoryReader(const std::string& path, std::uint64_t lines_max = kAllLines);
  ~HistoryReader();
  HistoryReader(const HistoryReader&) = delete;
  HistoryReader& operator=(const HistoryReader&) = delete;

  // False at the end, or at the first damaged line (then error() is set).
  bool next(HistoryEvent& event);

  // The same, quicker where few events are wanted: a line of a task (`task`, `result`, `failed`,
  // `execution`) as the writer makes them is not parsed; it only gives its `t`. Empty where next()
  // is false.
  enum class Read { whole, time_of_a_task };
  std::optional<Read> next_but_tasks(HistoryEvent& event);

  // Lines begun until now; where there is an error, it is in the last of them.
  [[nodiscard]] std::uint64_t lines() const noexcept;

  // Empty, or file, line and what to do: "h.jsonl:17: \"id\" is missing; …".
  [[nodiscard]] const std::string& error() const noexcept;
  // The last line had no newline: it was being written when the harness died. It is not delivered.
  [[nodiscard]] bool cut_in_mid_line() const noexcept;
  // Lines that were passed over (an `e` of a later version), each named; at most 20 are kept.
  [[nodiscard]] const std::vector<std::string>& warnings() const noexcept;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

struct ReadHistory {
  History history;
  bool cut_short = false;  // cut in mid-line, or without a final `end`
  std::vector<std::string> warnings;
  std::string error;  // the history is what stands before the damaged line
};
[[nodiscard]] ReadHistory read_history(const std::string& path);

}  // namespace revenant::chaos
