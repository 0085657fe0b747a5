// What supervisor and nursery say to each other, one message a packet.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <span>
#include <type_traits>

namespace revenant {

// Supervisor to nursery: fork a worker for this slot. Closing the socket is the request to end.
struct SpawnRequest {
  std::uint32_t slot = 0;
  std::uint32_t generation = 0;
  std::uint32_t stands_in = 0;  // 1: it is a spare or a dead worker's replacement
};

enum class NurseryNews : std::uint32_t {
  spawned,       // the pidfd is attached
  spawn_failed,  // error says why
  exited,        // status as from waitpid; the pid is free for reuse
};

// Nursery to supervisor.
struct NurseryReport {
  NurseryNews news = NurseryNews::spawned;
  std::uint32_t slot = 0;
  std::uint32_t generation = 0;
  pid_t pid = -1;
  int status = -1;
  int error = 0;
};

static_assert(std::is_trivially_copyable_v<SpawnRequest> &&
              std::is_trivially_copyable_v<NurseryReport>);

}  // namespace revenant
