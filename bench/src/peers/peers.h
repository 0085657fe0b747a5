// The same tasks through this pool and through the pools that people use, in one run.
//
// One process and one thread; each run of a peer is a program of its own (bench/peers), started and
// ended here. Nothing of a peer outlives the call, nor this process.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace revenant::bench::peers {

enum class Work : std::uint8_t {
  noop,  // 64 bytes there, the first eight of them back
  wait,  // the same, after 1 ms asleep
};

[[nodiscard]] std::string_view to_string(Work work) noexcept;

// Names of arms: "revenant" (a task at a time, 64 a worker open) and "revenant_map" (its batch
// call, 1000 elements a task), then the peers: "node_fork", "jest_worker", "workerpool",
// "multiprocessing_1", "multiprocessing_256", "multiprocessing_1000", "concurrent_futures",
// "concurrent_futures_1000", "gnu_parallel", "xargs".
inline constexpr std::string_view kOwnArm = "revenant";
inline constexpr std::string_view kOwnBatchArm = "revenant_map";

struct Plan {
  std::vector<std::string> arms;  // none: all
  std::vector<Work> works{Work::noop, Work::wait};
  std::vector<unsigned> workers{1, 2, 4};
  unsigned rounds = 11;
  // A run of an arm lasts about this long, from workers warm to the last result.
  std::chrono::milliseconds run_time{300};
  bool kills = true;
  std::string folder;  // with the peers' programs; empty: where they were when this was built
  std::uint64_t seed = 1;
};

// One arm at one kind of work and one number of workers.
struct Cell {
  std::string arm;
  Work work{};
  unsigned workers = 0;
  // Of each round, in order. In a round every cell runs once, in an order of the round's own, so
  // that samples of equal index belong together. Every result of every task was checked.
  std::vector<double> tasks_per_second{};
  std::string error{};  // not empty: why it was given up; its samples are not to be used
};

// What became of forty tasks on two workers when one was killed in mid-task.
struct Kill {
  std::string arm;
  unsigned tasks = 0;
  unsigned completed = 0;
  unsigned failed = 0;         // the pool said so
  unsigned unanswered = 0;     // no result or error although nothing came for three seconds
  double next_result_ms = -1;  // from the signal to the next result, whoever sent it; -1: none
  double new_worker_ms = -1;   // to the first result of a process that had sent none; -1: none
  bool survives = false;       // ten tasks submitted afterwards all completed
  unsigned workers_after = 0;  // processes that these ten ran in
  std::string program_ended;   // not empty: the error that would have ended the pool's own program
  std::string error;           // not empty: could not be found out, and why
};

struct Absent {
  std::string arm;
  std::string reason;
};

struct Version {
  std::string arm;
  std::string text;
};

struct Results {
  std::vector<Cell> cells;
  std::vector<Kill> kills;
  std::vector<Absent> absent;
  std::vector<Version> versions;
};

// Runs all that the plan says. `progress` is told what is being run. Throws std::invalid_argument
// for an arm that is not one, and std::system_error where no process can be started.
[[nodiscard]] Results measure(const Plan& plan,
                              const std::function<void(const std::string&)>& progress);

}  // namespace revenant::bench::peers
