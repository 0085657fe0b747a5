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

// One run of map(), on one thread. `settle` is called once for every element that was added, with
// its number, before finish() returns.
class MapRun {
 public:
  // In a worker: the bytes of an element to the bytes of its result. An exception settles the
  // element as failed.
  using Call = std::function<void(std::string_view element, std::string& value)>;
  using Settle = std::function<void(std::size_t element, const Outcome& outcome)>;

  // As Pool's constructor; also std::invalid_argument for a chunk of zero elements.
  MapRun(Call call, MapOptions options, Settle settle);

  // The next element, whose bytes `append` writes behind what is in the string that it gets. Waits
  // while the pool is full. If `append` throws, no more can be added.
  template <std::invocable<std::string&> Append>
  void add(Append append) {
    const std::size_t begin = begin_element();
    append(filling_.payload);
    end_element(begin);
  }
  // Waits until every element is settled, and ends the pool.
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

  Settle settle_;
  std::size_t chunk_max_;
  std::size_t added_ = 0;
  std::size_t chunk_bytes_ = 0;  // of the one before
  Chunk filling_;
  std::vector<Chunk> to_send_;                     // the last one first
  std::unordered_map<std::uint64_t, Chunk> open_;  // by their first element, which is their tag
  Pool pool_;
};

}  // namespace revenant
