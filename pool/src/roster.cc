#include "pool/src/roster.h"

#include <algorithm>
#include <bit>

namespace revenant {
namespace {

void erase(std::vector<std::size_t>& list, std::size_t number) noexcept {
  // From the back: what is taken out is nearly always on top.
  const auto found = std::find(list.rbegin(), list.rend(), number);
  if (found != list.rend()) list.erase(std::next(found).base());
}

}  // namespace

Roster::Roster(const Region& region, std::size_t prefetch_max) {
  const std::size_t each = std::bit_ceil(prefetch_max);
  dispatched_ = std::make_unique_for_overwrite<Dispatched[]>(region.slots() * each);
  slots_.reserve(region.slots());
  idle_.reserve(region.slots());
  accepting_.reserve(region.slots());
  spares_.reserve(region.slots());
  for (std::size_t number = 0; number < region.slots(); ++number) {
    const std::span entries(dispatched_.get() + number * each, each);
    slots_.emplace_back(number, region.mailbox(number), DispatchedTasks(entries, prefetch_max));
  }
  counts_[static_cast<std::size_t>(SlotState::free)] = region.slots();
}

Slot* Roster::find_free() noexcept {
  if (count(SlotState::free) == 0) return nullptr;
  while (slots_[no_free_below_].state != SlotState::free) ++no_free_below_;
  return &slots_[no_free_below_];
}

void Roster::add_spare(Slot& slot) {
  if (slot.in_spares) return;
  slot.in_spares = true;
  spares_.push_back(slot.number);
}

Slot* Roster::find_spare() noexcept {
  while (!spares_.empty()) {
    Slot& slot = slots_[spares_.back()];
    if (slot.state == SlotState::ready && !slot.active && !slot.retiring) return &slot;
    slot.in_spares = false;
    spares_.pop_back();
  }
  return nullptr;
}

void Roster::remove_idle(Slot& slot) noexcept { erase(idle_, slot.number); }

void Roster::touch_busy(Slot& slot) noexcept {
  if (newest_ == slot.number) return;
  if (slot.in_busy) remove_busy(slot);
  slot.in_busy = true;
  slot.older = newest_;
  slot.newer = SIZE_MAX;
  if (Slot* before = at(newest_)) before->newer = slot.number;
  newest_ = slot.number;
  if (oldest_ == SIZE_MAX) oldest_ = slot.number;
  ++busy_;
}

void Roster::remove_busy(Slot& slot) noexcept {
  if (!slot.in_busy) return;
  slot.in_busy = false;
  if (Slot* older = at(slot.older)) older->newer = slot.newer;
  if (Slot* newer = at(slot.newer)) newer->older = slot.older;
  if (oldest_ == slot.number) oldest_ = slot.newer;
  if (newest_ == slot.number) newest_ = slot.older;
  --busy_;
}

void Roster::add_accepting(Slot& slot) {
  if (slot.in_accepting) return;
  slot.in_accepting = true;
  accepting_.push_back(slot.number);
}

void Roster::remove_accepting(Slot& slot) noexcept {
  if (!slot.in_accepting) return;
  slot.in_accepting = false;
  erase(accepting_, slot.number);
}

void Roster::retire(Slot& slot) noexcept {
  remove_idle(slot);
  remove_accepting(slot);
}

void Roster::set_state(Slot& slot, SlotState state) noexcept {
  --counts_[static_cast<std::size_t>(slot.state)];
  slot.state = state;
  if (state == SlotState::free) no_free_below_ = std::min(no_free_below_, slot.number);
  ++counts_[static_cast<std::size_t>(state)];
}

}  // namespace revenant
