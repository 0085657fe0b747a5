#include "chaos/src/blocked_watch.h"

#include <algorithm>
#include <utility>

#include "pool/os/proc.h"

namespace revenant::chaos {

void BlockedWatch::look(const std::vector<Member*>& workers, Nanos now) {
  std::unordered_map<std::uint64_t, Seen> seen;
  const std::size_t count = std::min(workers.size(), kWatchedMax);
  for (std::size_t i = 0; i < count; ++i) {
    const Member& member = *workers[i];
    const auto switches = os::read_context_switches(member.process.pid());
    if (!switches) continue;
    const auto known = seen_.find(member.token);
    const bool still = known != seen_.end() && known->second.switches == *switches;
    seen[member.token] = {*switches, still ? known->second.since : now};
  }
  seen_ = std::move(seen);
}

std::optional<Nanos> BlockedWatch::blocked_since(const Member& member) const {
  const auto known = seen_.find(member.token);
  if (known == seen_.end()) return std::nullopt;
  const auto stat = os::read_proc_stat(member.process.pid());
  if (!stat || stat->state != 'S') return std::nullopt;
  const auto switches = os::read_context_switches(member.process.pid());
  if (!switches || *switches != known->second.switches) return std::nullopt;
  return known->second.since;
}

Member* BlockedWatch::longest(const std::vector<Member*>& workers) const {
  Member* found = nullptr;
  std::optional<Nanos> since;
  for (Member* const worker : workers) {
    const auto blocked = blocked_since(*worker);
    if (!blocked || (since && *since <= *blocked)) continue;
    since = blocked;
    found = worker;
  }
  return found;
}

}  // namespace revenant::chaos
