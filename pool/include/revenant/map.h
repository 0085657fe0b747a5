// Applies a function to every element of a range, in worker processes.
//
//   const auto results = revenant::map([](int n) { return n * n; }, std::views::iota(0, 1000),
//                                      {.pool = {.workers = 4}, .chunk = 50});
//   for (const auto& result : results) {
//     if (result) use(*result.value); else complain(result.error);
//   }
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <ranges>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "revenant/codec.h"
#include "revenant/map_run.h"
#include "revenant/options.h"
#include "revenant/outcome.h"

namespace revenant {

// What became of one element.
template <typename U>
struct MapResult {
  std::optional<U> value;  // there if and only if `kind` is completed
  OutcomeKind kind = OutcomeKind::cancelled;
  Reason reason = Reason::none;
  unsigned attempts = 0;  // as in Outcome; of the last task that the element was part of
  std::string error;      // a sentence, where there is no value

  [[nodiscard]] explicit operator bool() const noexcept { return value.has_value(); }
};

// What an element is carried as: text of any kind as std::string.
template <typename T>
using Carried = std::conditional_t<std::is_convertible_v<const T&, std::string_view>, std::string,
                                   std::remove_cv_t<T>>;

// A function in a pool of workers that stays: every call applies it to a range.
//
//   revenant::Mapper<int, decltype(square)> squares(square, {.pool = {.workers = 4}, .chunk = 50});
//   const auto few = squares(std::views::iota(0, 100));
//   const auto many = squares(std::views::iota(0, 1'000'000));
//
// `T` is what an element is carried as (Carried); a range's elements convert to it. Used on one
// thread, as its pool is. Destroyed without finish() the workers are killed, as with ~Pool.
template <typename T, typename Function>
class Mapper {
 public:
  using Value = std::remove_cvref_t<std::invoke_result_t<Function&, T>>;
  static_assert(Encodable<T>, "map: the elements need a revenant::Codec (see codec.h)");
  static_assert(Encodable<Value>,
                "map: the function's results need a revenant::Codec (see codec.h)");

  // As Pool's constructor; also std::invalid_argument for a chunk of zero elements.
  explicit Mapper(Function function, MapOptions options = {})
      : chunk_(MapRun::checked_chunk(options.chunk)),
        pool_(MapRun::worker_function(call_of(std::move(function))), std::move(options.pool)) {}

  // What became of the elements, in the range's order; blocks until all are settled. Once the pool
  // has stopped itself all are `cancelled`. If the range throws, what was given to the workers by
  // then is still worked on, and its results are dropped.
  template <std::ranges::input_range Range>
  [[nodiscard]] std::vector<MapResult<Value>> operator()(Range&& range) {
    std::vector<MapResult<Value>> results;
    if constexpr (std::ranges::sized_range<Range>) {
      results.reserve(static_cast<std::size_t>(std::ranges::size(range)));
      MapRun::will_fill(results.data(), results.capacity() * sizeof(MapResult<Value>));
    }
    MapRun run(pool_, chunk_, next_tag_, [&results](std::size_t element, const Outcome& outcome) {
      settle(results[element], outcome);
    });
    for (auto&& element : range) {
      ++next_tag_;
      results.emplace_back();
      run.add([&](std::string& bytes) {
        if constexpr (std::is_same_v<T, std::string>) {
          Codec<T>::append(std::string_view(element), bytes);
        } else if constexpr (std::is_same_v<T, std::remove_cvref_t<decltype(element)>>) {
          Codec<T>::append(element, bytes);
        } else {
          Codec<T>::append(T(std::forward<decltype(element)>(element)), bytes);
        }
      });
    }
    run.finish();
    return results;
  }

  // Ends the workers in good order, so that what the function printed comes out. Every call after
  // it finds a pool that has stopped.
  void finish() {
    pool_.shutdown(std::chrono::nanoseconds(-1), [](const Outcome&) {});
  }

 private:
  static MapRun::Call call_of(Function function) {
    return [function = std::move(function)](std::string_view bytes, std::string& value) mutable {
      T element{};
      if (!decode(bytes, element)) throw MapRun::unreadable();
      Codec<Value>::append(std::invoke(function, std::move(element)), value);
    };
  }

  static void settle(MapResult<Value>& result, const Outcome& outcome) {
    result.kind = outcome.kind;
    result.reason = outcome.reason;
    result.attempts = outcome.attempts;
    if (outcome.kind != OutcomeKind::completed) {
      result.error = outcome.value;
    } else if (!decode(outcome.value, result.value.emplace())) {
      result.value.reset();
      result.kind = OutcomeKind::failed;
      result.reason = Reason::unpresentable;
      result.error = "the result's bytes are not a value of its type";
    }
  }

  std::size_t chunk_;
  std::uint64_t next_tag_ = 0;
  Pool pool_;
};

// Makes a pool, and calls `function` for every element, in a worker each time and again where that
// worker dies; returns what became of them, in the range's order. Blocks until all are settled. For
// more than one range a Mapper saves making the pool again.
//
// `function` takes an element by value or const reference and returns a value; both are plain
// values, std::string or std::vector of those, or have a Codec. It is copied into the workers, as a
// WorkerFunction is, and must be copyable.
//
// An element whose call throws, whose worker dies too often, or that does not fit gets a result
// that says so; it costs no other element its value, short of so many deaths that the pool stops
// itself (restarts_max): what is left is `cancelled` then. None of that is an exception. Exceptions
// are: std::invalid_argument and std::system_error as from Pool's constructor, what the range
// itself throws, and std::bad_alloc.
//
// Memory: at most PoolOptions::queue_max tasks and queue_bytes_max bytes are open at a time (the
// inputs of open chunks are kept twice), whatever the length of the range; results are kept all.
template <typename Function, std::ranges::input_range Range>
[[nodiscard]] auto map(Function function, Range&& range, MapOptions options = {}) {
  using T = Carried<std::ranges::range_value_t<Range>>;
  Mapper<T, Function> mapper(std::move(function), std::move(options));
  auto results = mapper(std::forward<Range>(range));
  mapper.finish();
  return results;
}

}  // namespace revenant
