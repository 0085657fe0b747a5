// Applies a function to every element of a range, in worker processes.
//
//   const auto results = revenant::map([](int n) { return n * n; }, std::views::iota(0, 1000),
//                                      {.pool = {.workers = 4}, .chunk = 50});
//   for (const auto& result : results) {
//     if (result) use(*result.value); else complain(result.error);
//   }
#pragma once

#include <cstddef>
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

// Makes a pool, and calls `function` for every element, in a worker each time and again where that
// worker dies; returns what became of them, in the range's order. Blocks until all are settled.
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
  using U = std::remove_cvref_t<std::invoke_result_t<Function&, T>>;
  static_assert(Encodable<T>, "map: the elements need a revenant::Codec (see codec.h)");
  static_assert(Encodable<U>, "map: the function's results need a revenant::Codec (see codec.h)");

  const auto call = [function = std::move(function)](std::string_view bytes,
                                                     std::string& value) mutable {
    T element{};
    if (!decode(bytes, element)) throw MapRun::unreadable();
    Codec<U>::append(std::invoke(function, std::move(element)), value);
  };
  std::vector<MapResult<U>> results;
  const auto settle = [&results](std::size_t element, const Outcome& outcome) {
    MapResult<U>& result = results[element];
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
  };
  MapRun run(call, std::move(options), settle);
  if constexpr (std::ranges::sized_range<Range>) {
    results.reserve(static_cast<std::size_t>(std::ranges::size(range)));
  }
  for (auto&& element : range) {
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

}  // namespace revenant
