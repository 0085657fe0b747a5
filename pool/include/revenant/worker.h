// What runs in a worker.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace revenant {

// The function that a pool's workers run, one task at a time, each in its own process. Made from
// either form:
//
//   std::string f(std::string_view payload);
//   void f(std::string_view payload, std::string& value);   // `value` arrives empty and keeps its
//   capacity
//
// It is copied into the workers by fork(): what it captures is what the supervisor had when the
// nursery was forked, and changes stay in that worker. `payload` is valid until it returns. An
// exception becomes the outcome `failed`. It may exit, crash, fork, start threads or close every
// descriptor; what it must not do is write outside of its own memory.
class WorkerFunction {
 public:
  template <typename Callable>
  requires(!std::is_same_v<std::remove_cvref_t<Callable>, WorkerFunction> &&
           std::is_invocable_v<Callable&, std::string_view, std::string&>)
      WorkerFunction(Callable callable)
      : call_(std::move(callable)) {}  // NOLINT(google-explicit-constructor)

  template <typename Callable>
  requires(!std::is_same_v<std::remove_cvref_t<Callable>, WorkerFunction> &&
           std::is_invocable_r_v<std::string, Callable&, std::string_view>)
      WorkerFunction(Callable callable)  // NOLINT(google-explicit-constructor)
      : call_([f = std::move(callable)](std::string_view payload, std::string& value) mutable {
          value = f(payload);
        }) {}

  void operator()(std::string_view payload, std::string& value) const { call_(payload, value); }

 private:
  std::function<void(std::string_view, std::string&)> call_;
};

// Which task the calling worker is running: for idempotency keys and logs. Only within the
// function's call, on the thread that it was called on; everywhere else `attempt` is 0.
struct CurrentTask {
  std::uint64_t tag = 0;
  unsigned attempt = 0;  // 1 at first; more when an earlier worker died under this task
};
[[nodiscard]] CurrentTask current_task() noexcept;

}  // namespace revenant
