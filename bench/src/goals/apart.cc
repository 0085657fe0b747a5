#include "bench/src/goals/apart.h"

#include <span>
#include <stdexcept>
#include <string>

#include "bench/src/floor/socket_pair.h"
#include "bench/src/goals/goals_json.h"
#include "bench/src/peer_process.h"
#include "pool/os/read_to_end.h"

namespace revenant::bench::goals {

Rows measure_apart(const std::function<Rows()>& measure) {
  auto [mine, its] = make_stream_pair();
  PeerProcess child([&] {
    mine.reset();
    const std::string text = rows_as_text(measure());
    // A reader that is gone needs nothing more.
    static_cast<void>(write_all(its.get(), std::as_bytes(std::span(text))));
  });
  its.reset();
  const auto rows = rows_from_text(os::read_to_end(mine.get()).value_or(""));
  if (!rows) throw std::runtime_error("the process that measured it died");
  return *rows;
}

}  // namespace revenant::bench::goals
