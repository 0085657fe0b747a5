// The part of map() that knows no types: elements are bytes, gathered into tasks and told apart
// again. Include map.h.
#pragma once

#include <chrono>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "revenant/options.h"
#include "revenant/outcome.h"
#include "revenant/pool.h"

namespace revenant {

struct MapOptions {
  PoolOptions pool{};

  // Elements a task. More of them cost less each, and share their fate: if the worker dies in one,
  // all of its chunk are begun again, and are blamed together. A chunk that is given up, or whose
  // results do not fit into one, is taken apart and its elements are tried one by one, each with
  // attempts_max attempts of its own; so only the element that kills its workers is left without a
  // value, but innocent neighbours are executed more often than attempts_max. A deadline is for the
  // chunk.
  std::size_t chunk = 1;
};

// One run over a range, on the pool's thread. `settle` is called once for every element that was
// added, with its number in this run, before finish() returns. A run that is broken off before
// leaves its tasks in the pool: their outcomes are nobody's, and the next run passes them over.
class MapRun {
 public:
  // In a worker: the bytes of an element to the bytes of its result. An exception settles the
  // element as failed.
  using Call = std::function<void(std::string_view element, std::string& value)>;
  using Settle = std::function<void(std::size_t element, const Outcome& outcome)>;

  // What the pool of a run has to be made with.
  [[nodiscard]] static WorkerFunction worker_function(Call call);
  // Throws std::invalid_argument for a chunk of zero elements.
  [[nodiscard]] static std::size_t checked_chunk(std::size_t chunk);

  // For memory of millions of results, of which each page's first touch is a fault.
  static void will_fill(void* memory, std::size_t bytes) noexcept;

  // No other run of this pool has used a tag of `first_tag` or above; this one uses as many as it
  // has elements.
  MapRun(Pool& pool, std::size_t chunk, std::uint64_t first_tag, Settle settle);

  // The next element, whose bytes `append` writes behind what is in the string that it gets. Waits
  // while the pool is full. If `append` throws, no more can be added.
  template <std::invocable<std::string&> Append>
  void add(Append append) {
    const std::size_t begin = begin_element();
    append(filling_.payload);
    end_element(begin);
  }
  // Waits until every element is settled.
  void finish();

  [[nodiscard]] static std::runtime_error unreadable();

 private:
  struct Chunk {
    std::size_t first = 0;  // the number of its first element
    std::size_t count = 0;
    std::string payload;  // empty while open, if it need not be taken apart
  };

  [[nodiscard]] std::size_t begin_element();
  void end_element(std::size_t begin);
  void send_all();
  void send(Chunk chunk);
  void poll(std::chrono::nanoseconds timeout);
  void settle_chunk(const Outcome& outcome);
  bool settle_completed(const Chunk& chunk, const Outcome& outcome);
  void settle_alike(const Chunk& chunk, const Outcome& outcome);
  void refuse(Chunk chunk, Reason reason, std::string_view why);
  void take_apart(const Chunk& chunk);

  Pool& pool_;
  std::size_t chunk_max_;
  std::uint64_t first_tag_;
  Settle settle_;
  std::size_t added_ = 0;
  std::size_t chunk_bytes_ = 0;  // of the one before
  Chunk filling_;
  std::vector<Chunk> to_send_;                     // the last one first
  std::unordered_map<std::uint64_t, Chunk> open_;  // by their tag, which is their first element's
};

}  // namespace revenant
