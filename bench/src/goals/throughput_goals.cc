// Goals 1 and 2: how near the pool's throughput comes to that of two bare processes.
#include <stdexcept>

#include "bench/src/floor/floors.h"
#include "bench/src/floor/ring_pair.h"
#include "bench/src/floor/ring_pair_copy.h"
#include "bench/src/floor/socketpair_stream.h"
#include "bench/src/goals/arms.h"
#include "bench/src/goals/figures.h"
#include "bench/src/goals/goals.h"
#include "bench/src/goals/rate.h"
#include "bench/src/slices.h"
#include "bench/src/throughput/noop.h"

namespace revenant::bench::goals {
namespace {

constexpr std::size_t kSmallBytes = 56;
// In the bare ring a task is one cache line: its payload, and eight bytes that number it.
constexpr std::size_t kSmallRecordBytes = 64;
constexpr std::size_t kSocketBatch = kWindow / 2;

double pool_rate(std::size_t payload_bytes, Payloads payloads, const GoalSettings& settings) {
  PoolOptions options;
  options.workers = 1;
  const std::uint64_t slice = slice_for(payload_bytes);
  NoopPool pool(options, window_for(payload_bytes), payload_bytes, settings.no_op, payloads);
  if (!pool.warm_up(2 * slice)) throw std::runtime_error(pool.error());
  const double rate = tasks_per_second(pool, slice, settings.effort.round_seconds);
  if (!pool.finish()) throw std::runtime_error(pool.error());
  return rate;
}

std::string name_of(std::size_t payload_bytes) {
  const std::size_t kib = payload_bytes >> 10;
  return kib >= 1024 ? std::to_string(kib >> 10) + " MiB" : std::to_string(kib) + " KiB";
}

}  // namespace

Rows measure_small_tasks(const GoalSettings& settings) {
  const double seconds = settings.effort.round_seconds;
  const std::uint64_t slice = slice_for(kSmallRecordBytes);
  Series pool, ring, socket, socket_batched;
  interleave(
      {{"the pool", [&] { pool.push_back(pool_rate(kSmallBytes, Payloads::copied, settings)); }},
       {"a bare ring pair",
        [&] {
          RingPair floor(kSmallRecordBytes);
          ring.push_back(tasks_per_second(floor, slice, seconds));
        }},
       {"a socket, a task a system call",
        [&] {
          SocketPairStream floor(kSmallRecordBytes, 1);
          socket.push_back(tasks_per_second(floor, kSocketBatch, seconds));
        }},
       {"a socket, 32 tasks a system call",
        [&] {
          SocketPairStream floor(kSmallRecordBytes, kSocketBatch);
          socket_batched.push_back(tasks_per_second(floor, slice, seconds));
        }}},
      settings.effort.rounds);
  return {
      ratio_row({1, "no-op tasks of 56 B, 1 worker / bare ring pair", Sense::at_least, 0.5, 0.85},
                pool, ring, rate_beside(pool, ring)),
      ratio_row({1, "the same / a socket pair, a task a system call", Sense::at_least, 50}, pool,
                socket,
                rate_beside(pool, socket) + "; with 32 tasks a system call the sockets carry " +
                    per_second(middle(socket_batched))),
  };
}

Rows measure_payloads(const GoalSettings& settings) {
  Rows rows;
  for (const std::size_t bytes :
       {std::size_t{4} << 10, std::size_t{64} << 10, std::size_t{1} << 20, std::size_t{16} << 20}) {
    Series pool, copied, ring;
    const std::string name = name_of(bytes);
    interleave({{"payloads of " + name + ", the pool",
                 [&] { pool.push_back(pool_rate(bytes, Payloads::lent, settings)); }},
                {"payloads of " + name + ", copied by submit()",
                 [&] { copied.push_back(pool_rate(bytes, Payloads::copied, settings)); }},
                {"payloads of " + name + ", a bare ring pair",
                 [&] {
                   RingPairCopy floor(bytes);
                   ring.push_back(
                       tasks_per_second(floor, slice_for(bytes), settings.effort.round_seconds));
                 }}},
               settings.effort.rounds);
    rows.push_back(
        ratio_row({2, "payloads of " + name + ", lent / a bare ring pair that copies them",
                   Sense::at_least, 0.5, 0.8},
                  pool, ring,
                  rate_beside(pool, ring) + "; copied by submit() " + per_second(middle(copied))));
  }
  return rows;
}

}  // namespace revenant::bench::goals
