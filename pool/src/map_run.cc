#include "revenant/map_run.h"

#include <algorithm>
#include <chrono>
#include <cstring>
#include <exception>
#include <utility>

#include "pool/os/huge_pages.h"
#include "revenant/codec.h"

namespace revenant {
namespace {

using Text = Codec<std::string>;

enum class ElementKind : std::uint8_t { completed, failed };

constexpr std::chrono::nanoseconds kForever{-1};

// In a worker. A chunk is its elements, one text after another; its result is a kind and a text for
// each.
void call_for_each(const MapRun::Call& call, std::string_view chunk, std::string& result) {
  std::string value;
  while (!chunk.empty()) {
    std::string_view element;
    if (!Text::take_view(chunk, element)) throw MapRun::unreadable();
    value.clear();
    ElementKind kind = ElementKind::completed;
    try {
      call(element, value);
    } catch (const std::exception& exception) {
      kind = ElementKind::failed;
      value = exception.what();
    } catch (...) {
      kind = ElementKind::failed;
      value = "an exception that is not a std::exception";
    }
    Codec<ElementKind>::append(kind, result);
    Text::append(value, result);
  }
}

}  // namespace

WorkerFunction MapRun::worker_function(Call call) {
  return [call = std::move(call)](std::string_view chunk, std::string& result) {
    call_for_each(call, chunk, result);
  };
}

std::size_t MapRun::checked_chunk(std::size_t chunk) {
  if (chunk == 0) throw std::invalid_argument("MapOptions::chunk must be at least 1");
  return chunk;
}

void MapRun::will_fill(void* memory, std::size_t bytes) noexcept {
  os::prefer_huge_pages(memory, bytes);
}

MapRun::MapRun(Pool& pool, std::size_t chunk, std::uint64_t first_tag, Settle settle)
    : pool_(pool), chunk_max_(chunk), first_tag_(first_tag), settle_(std::move(settle)) {}

std::runtime_error MapRun::unreadable() {
  return std::runtime_error("the element's bytes are not a value of its type");
}

// An element is a text: its length goes before it once it is known.
std::size_t MapRun::begin_element() {
  if (filling_.count == 0) {
    filling_.first = added_;
    filling_.payload.reserve(chunk_bytes_);  // it will be about as large as the last one
  }
  const std::size_t begin = filling_.payload.size();
  Codec<std::uint64_t>::append(0, filling_.payload);
  return begin;
}

void MapRun::end_element(std::size_t begin) {
  const std::uint64_t size = filling_.payload.size() - begin - sizeof(std::uint64_t);
  std::memcpy(filling_.payload.data() + begin, &size, sizeof size);
  ++filling_.count;
  ++added_;
  if (filling_.count < chunk_max_) return;
  chunk_bytes_ = filling_.payload.size();
  to_send_.push_back(std::exchange(filling_, {}));
  send_all();
  // What is done by now is taken, so that the workers' result rings do not fill up.
  poll(std::chrono::nanoseconds(0));
}

void MapRun::finish() {
  if (filling_.count != 0) to_send_.push_back(std::exchange(filling_, {}));
  do {
    send_all();
    poll(kForever);
  } while (!open_.empty() || !to_send_.empty());
}

void MapRun::send_all() {
  while (!to_send_.empty()) {
    Chunk chunk = std::move(to_send_.back());
    to_send_.pop_back();
    send(std::move(chunk));
  }
}

void MapRun::send(Chunk chunk) {
  while (true) {
    const std::uint64_t tag = first_tag_ + chunk.first;
    switch (pool_.submit(chunk.payload, tag)) {
      case SubmitResult::accepted:
        if (chunk.count == 1) std::string().swap(chunk.payload);
        open_.emplace(tag, std::move(chunk));
        return;
      case SubmitResult::full:
      case SubmitResult::no_memory:
        if (pool_.open_tasks() == 0) {
          return refuse(std::move(chunk), Reason::unpresentable,
                        "the element is over queue_bytes_max, or there is no memory for it");
        }
        poll(kForever);
        break;
      case SubmitResult::too_large:
        return refuse(std::move(chunk), Reason::unpresentable,
                      "the element is over payload_bytes_max");
      case SubmitResult::stopped:
        Outcome outcome;
        outcome.kind = OutcomeKind::cancelled;
        outcome.reason = Reason::pool_stopped;
        outcome.value = "the pool stopped itself before the element's turn";
        return settle_alike(chunk, outcome);
    }
  }
}

void MapRun::poll(std::chrono::nanoseconds timeout) {
  pool_.poll(timeout, [this](const Outcome& outcome) { settle_chunk(outcome); });
}

void MapRun::settle_chunk(const Outcome& outcome) {
  const auto found = open_.find(outcome.tag);
  if (found == open_.end()) return;  // of a run that was broken off
  const Chunk chunk = std::move(found->second);
  open_.erase(found);
  if (outcome.kind == OutcomeKind::completed) {
    if (settle_completed(chunk, outcome)) return;
    Outcome unreadable = outcome;
    unreadable.kind = OutcomeKind::failed;
    unreadable.reason = Reason::unpresentable;
    unreadable.value = "the worker's answer makes no sense";
    settle_alike(chunk, unreadable);
  } else if (chunk.count > 1 && outcome.kind != OutcomeKind::cancelled) {
    take_apart(chunk);
  } else {
    settle_alike(chunk, outcome);
  }
}

// False, with nothing settled, if the result is not one for this chunk.
bool MapRun::settle_completed(const Chunk& chunk, const Outcome& outcome) {
  const auto read = [&](auto visit) {
    std::string_view rest = outcome.value;
    for (std::size_t i = 0; i < chunk.count; ++i) {
      ElementKind kind = ElementKind::completed;
      std::string_view value;
      if (!Codec<ElementKind>::take(rest, kind) || !Text::take_view(rest, value)) return false;
      visit(chunk.first + i, kind, value);
    }
    return rest.empty();
  };
  if (!read([](std::size_t, ElementKind, std::string_view) {})) return false;
  Outcome one = outcome;
  return read([&](std::size_t element, ElementKind kind, std::string_view value) {
    const bool failed = kind == ElementKind::failed;
    one.tag = element;
    one.value = value;
    one.kind = failed ? OutcomeKind::failed : outcome.kind;
    one.reason = failed ? Reason::threw : outcome.reason;
    settle_(element, one);
  });
}

void MapRun::settle_alike(const Chunk& chunk, const Outcome& outcome) {
  for (std::size_t i = 0; i < chunk.count; ++i) {
    Outcome one = outcome;
    one.tag = chunk.first + i;
    settle_(chunk.first + i, one);
  }
}

void MapRun::refuse(Chunk chunk, Reason reason, std::string_view why) {
  if (chunk.count > 1) return take_apart(chunk);
  Outcome outcome;
  outcome.kind = OutcomeKind::failed;
  outcome.reason = reason;
  outcome.value = why;
  settle_alike(chunk, outcome);
}

void MapRun::take_apart(const Chunk& chunk) {
  std::string_view rest = chunk.payload;
  const std::size_t before = to_send_.size();
  for (std::size_t i = 0; i < chunk.count; ++i) {
    std::string_view element;
    Text::take_view(rest, element);
    Chunk single{chunk.first + i, 1, {}};
    Text::append(element, single.payload);
    to_send_.push_back(std::move(single));
  }
  std::reverse(to_send_.begin() + static_cast<std::ptrdiff_t>(before), to_send_.end());
}

}  // namespace revenant
