// While results stream in, workers save their fences and most of their rings.
//
// A worker that publishes a result and then looks whether anybody wants to be told needs a full
// fence between the two, as does one that begins a task and looks whether it was taken back: each
// waits until its stores have reached a cache line that the supervisor holds, about as long as a
// short task takes. The supervisor reads the other way round only when it goes to sleep or takes
// tasks back. So, while many results arrive between two sleeps, it says in a word in shared memory
// that the fences are its own business, and for that time
//
//   it looks at the rings of busy workers itself, now and then, and does not wait to be told;
//   it neither sleeps nor takes tasks back before end(): that takes the word back, and issues the
//   fence in every worker (membarrier(2)). Behind it whatever a worker published before it last
//   looked at the word is seen, and from then on it fences again.
//
// Where tasks wait and every worker has some in its ring, it naps: sleeps no longer than they have
// to do, and looks at their rings then. A worker that runs out of tasks, and nobody else, rings as
// for any sleep, with its fence; what the others publish is late by no more than the nap.
//
// A worker killed or stopped at any step changes nothing: what it has published is in its ring,
// where the supervisor looks before it sleeps. Shown by Streaming.* and the model
// pool/model/streaming.pml.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>

namespace revenant {

// Private to the thread that drives the pool, but for the word.
class Streaming {
 public:
  // What the word says.
  enum Word : std::uint32_t { kOff = 0, kStreams = 1, kNaps = 2 };

  explicit Streaming(std::atomic<std::uint32_t>& word) noexcept;

  [[nodiscard]] bool on() const noexcept { return on_; }

  // So many outcomes were delivered without a sleep between: they stream if there are many.
  void delivered(std::size_t outcomes) noexcept {
    since_sleep_ += outcomes;
    if (!on_ && possible_ && since_sleep_ >= kOutcomesBeforeItPays) begin(kStreams);
  }

  // From now on workers ring when they run out of tasks, and for nothing else. False where workers
  // have to fence for themselves.
  [[nodiscard]] bool begin_naps() noexcept {
    if (possible_) begin(kNaps);
    return possible_;
  }

  // From now on workers fence. The caller then looks at every busy worker's ring.
  void end() noexcept;

 private:
  // An end interrupts every processor, for 30 to 50 us on a virtual machine; a fence that waits
  // for the other processor's cache takes a tenth of one.
  static constexpr std::size_t kOutcomesBeforeItPays = 512;

  void begin(Word word) noexcept;

  std::atomic<std::uint32_t>& word_;
  bool possible_;
  bool on_ = false;
  std::size_t since_sleep_ = 0;
};

}  // namespace revenant
