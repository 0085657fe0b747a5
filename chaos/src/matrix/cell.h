// One pool under one fault: what the harness found.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace revenant::chaos {

struct Cell {
  enum class State {
    judged,     // the verdict is in `ruling`
    no_victim,  // nobody was hit: the pool has no such worker, or none that lives long enough
    not_run,    // `why` says what was in the way
  };
  State state = State::not_run;
  std::string why;
  std::string ruling;                 // pass, fail, unknown
  std::vector<std::string> findings;  // their kinds
  std::uint64_t tasks = 0;
  std::uint64_t failed = 0;
  std::uint64_t open = 0;  // without an outcome
  std::uint64_t faults = 0;
  std::uint64_t workers_at_start = 0;
  std::uint64_t workers_at_end = 0;
  std::string run_folder;
  std::string reproduce;

  [[nodiscard]] bool is_clean() const { return state == State::judged && ruling == "pass"; }
  // Tasks without an outcome, where that is held against the pool: not if it was killed itself.
  [[nodiscard]] std::uint64_t lost() const;
  // Tasks that came to harm for each fault, the victim's own included.
  [[nodiscard]] double blast_radius() const;
};

// From verdict.json. std::invalid_argument if it is none.
[[nodiscard]] Cell read_cell(const std::string& verdict_json);

// A few words: "clean", "16 lost, 1 failed", "hangs".
[[nodiscard]] std::string cell_text(const Cell& cell);

}  // namespace revenant::chaos
