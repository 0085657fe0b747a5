// The tasks of a run, and what each should give.
//
// Drawn from the seed alone: the same options and the same operations announced by the target give
// the same tasks on every machine. One thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "chaos/src/history.h"
#include "chaos/src/random.h"
#include "revenant/chaos/options.h"

namespace revenant::chaos {

class Workload {
 public:
  // `record_path` is where `record` has its keys written.
  Workload(const RunOptions& options, std::string record_path);

  // What the target announced in `ready`. Returns the operation that this workload needs and the
  // target lacks, or nothing. `mix` draws from those that are there.
  [[nodiscard]] std::optional<std::string_view> restrict_to(
      const std::vector<std::string>& announced);

  struct Task {
    std::string_view operation;  // static
    std::optional<Digest> want;  // none where no result can come
  };
  // Draws the task `id` and appends its line to `out`.
  Task draw(std::uint64_t id, std::string& out);

 private:
  Task draw_text(Operation operation, std::uint64_t id, std::string& out);
  Task draw_time(Operation operation, std::uint64_t id, std::string& out);
  Task draw_record(std::uint64_t id, std::string& out);
  Task draw_death(std::uint64_t id, std::string& out);

  Random random_;
  std::vector<Operation> operations_;
  PayloadRange payload_;
  std::uint64_t milliseconds_;
  std::string record_path_;
  std::string text_;  // kept for their capacity
  std::string argument_;
};

// The longest that a task of this workload takes by itself.
[[nodiscard]] std::chrono::nanoseconds task_time(const RunOptions& options) noexcept;

// A line may be as long as the protocol says by default, or as the largest result needs if its
// writer escapes every byte.
[[nodiscard]] std::size_t line_bytes_max(const RunOptions& options) noexcept;

}  // namespace revenant::chaos
