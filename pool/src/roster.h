// All slots, and the orders in which they are chosen from.
#pragma once

#include <cstddef>
#include <memory>
#include <vector>

#include "pool/src/region.h"
#include "pool/src/slot.h"

namespace revenant {

// Private to the thread that drives the pool. The lists hold slot numbers:
//   idle        takes tasks and has none; the one that was busy last is on top, so that a thousand
//   workers cost no more
//               than the few that are needed
//   busy        has tasks; ordered by head_since, the oldest first, so that the next deadline is
//   the first one's accepting   busy, takes tasks, and has fewer than the prefetch policy allows
class Roster {
 public:
  Roster(const Region& region, std::size_t prefetch_max);

  [[nodiscard]] std::size_t size() const noexcept { return slots_.size(); }
  [[nodiscard]] Slot& operator[](std::size_t number) noexcept { return slots_[number]; }
  [[nodiscard]] auto begin() noexcept { return slots_.begin(); }
  [[nodiscard]] auto end() noexcept { return slots_.end(); }

  [[nodiscard]] Slot* find_free() noexcept;

  // Spares. Whoever is on the list and is none any more is taken off when it is come across.
  void add_spare(Slot& slot);
  [[nodiscard]] Slot* find_spare() noexcept;

  // Idle list.
  void add_idle(Slot& slot) { idle_.push_back(slot.number); }
  void add_idle_last(Slot& slot) { idle_.insert(idle_.begin(), slot.number); }
  void remove_idle(Slot& slot) noexcept;
  [[nodiscard]] Slot* idle_top() noexcept {
    return idle_.empty() ? nullptr : &slots_[idle_.back()];
  }

  // Busy list.
  void touch_busy(Slot& slot) noexcept;  // its head_since has become the newest of all
  void remove_busy(Slot& slot) noexcept;
  [[nodiscard]] Slot* oldest_busy() noexcept { return at(oldest_); }
  [[nodiscard]] Slot* next_busy(const Slot& slot) noexcept { return at(slot.newer); }
  [[nodiscard]] std::size_t busy_count() const noexcept { return busy_; }

  // Accepting list.
  void add_accepting(Slot& slot);
  void remove_accepting(Slot& slot) noexcept;
  [[nodiscard]] Slot* accepting_top() noexcept {
    return accepting_.empty() ? nullptr : &slots_[accepting_.back()];
  }

  // Takes the slot out of every list: it gets no more tasks.
  void retire(Slot& slot) noexcept;

  // How many slots are in a state; kept by set_state.
  void set_state(Slot& slot, SlotState state) noexcept;
  [[nodiscard]] std::size_t count(SlotState state) const noexcept {
    return counts_[static_cast<std::size_t>(state)];
  }

 private:
  [[nodiscard]] Slot* at(std::size_t number) noexcept {
    return number == SIZE_MAX ? nullptr : &slots_[number];
  }

  // Of all slots together. Not touched before it is written: for a thousand workers it is 8 MiB, of
  // which every fork would copy the page tables, and every death would take them down.
  std::unique_ptr<Dispatched[]> dispatched_;
  std::vector<Slot> slots_;
  std::vector<std::size_t> idle_;
  std::vector<std::size_t> accepting_;
  std::vector<std::size_t> spares_;
  std::size_t oldest_ = SIZE_MAX;
  std::size_t newest_ = SIZE_MAX;
  std::size_t busy_ = 0;
  std::size_t counts_[7] = {};
  std::size_t no_free_below_ = 0;  // this slot number
};

}  // namespace revenant
