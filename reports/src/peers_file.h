// The peers of a file that `revenant bench --peers` wrote: this pool beside those that people use.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace revenant::reports {

// With its 95 % interval.
struct PeerEstimate {
  double median = 0;
  double low = 0;
  double high = 0;
};

struct PeerSpeed {
  std::string title;
  std::string work;  // "noop", "wait"
  double workers = 0;
  PeerEstimate per_s;
  PeerEstimate ratio;   // how many times as many tasks this pool does
  bool is_own = false;  // this pool itself
  std::string error;    // not empty: why there are no figures
};

// What became of some tasks when a busy worker was killed.
struct PeerKill {
  std::string title;
  double tasks = 0;
  double completed = 0;
  double failed = 0;
  double unanswered = 0;
  double next_result_ms = -1;  // -1: none came
  double new_worker_ms = -1;
  bool survives = false;
  double workers_afterwards = 0;
  std::string program_ended;
  std::string error;
};

struct Peers {
  std::vector<PeerSpeed> speeds;
  std::vector<PeerKill> kills;
  std::vector<std::pair<std::string, std::string>> versions;
  std::vector<std::pair<std::string, std::string>> absent;  // and why
};

// The member "peers" of `file`, as far as it makes sense; empty where there is none.
Peers read_peers(const nlohmann::json& file);

}  // namespace revenant::reports
