// Since when each worker has stood still.
//
// A process that waits does not switch contexts, so a count that has not moved since it was last
// looked at says that it has been blocked since then at the latest. One thread; a look costs a file
// of /proc for each worker, and no more than kWatchedMax are looked at.
#pragma once

#include <cstdint>
#include <optional>
#include <unordered_map>
#include <vector>

#include "chaos/src/process_tree.h"

namespace revenant::chaos {

class BlockedWatch {
 public:
  void look(const std::vector<Member*>& workers, Nanos now);

  // Since when it has been blocked, as far as the looks tell; looks once more. Empty if it has run
  // since the last look, or was never looked at.
  [[nodiscard]] std::optional<Nanos> blocked_since(const Member& member) const;

  // The one that has been blocked longest; nullptr if none is known to be.
  [[nodiscard]] Member* longest(const std::vector<Member*>& workers) const;

  static constexpr std::size_t kWatchedMax = 64;

 private:
  struct Seen {
    std::uint64_t switches = 0;
    Nanos since = 0;
  };
  std::unordered_map<std::uint64_t, Seen> seen_;  // by token
};

}  // namespace revenant::chaos
