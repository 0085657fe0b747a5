// A ring of records between two processes: one producer, one consumer.
//
// Positions are bytes since the ring was reset; they only grow (but see RingWriter::rewind) and are
// reduced to offsets by a mask. A record is contiguous. It becomes visible by one release store of
// `written`:
//
//   the writer dies before that store:  the record never was
//   the writer dies after it:           the record is whole
//
// so there is nothing to repair after a death, and a reader never waits for one. The reader frees a
// record by one release store of `read`: if it dies before, the record is read as unfinished by
// whoever looks after it (the supervisor, which knows from its own ledger what to do with it).
// Shown by Ring.ReaderSeesNothingOfARecordWhoseWriterDiedBeforePublishing and its neighbours.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <cstring>

#include "pool/os/check.h"
#include "pool/src/record.h"

namespace revenant {

inline constexpr std::size_t kCacheLine = 64;

// In shared memory. A line each: the two sides write at the same time.
struct RingIndices {
  alignas(kCacheLine) std::atomic<std::uint64_t> written;
  alignas(kCacheLine) std::atomic<std::uint64_t> read;
};

inline constexpr std::size_t record_bytes(std::size_t payload_bytes) noexcept {
  return sizeof(RecordHeader) + ((payload_bytes + 7) & ~std::size_t{7});
}

// The largest payload of one record: a quarter of the ring, so that with the skip at the end of the
// ring's memory a record always fits into an empty ring, and both sides have something to do.
inline constexpr std::size_t record_payload_max(std::size_t ring_bytes) noexcept {
  return ring_bytes / 4 - sizeof(RecordHeader);
}

// The producer's end. Lives in the producer's private memory.
class RingWriter {
 public:
  RingWriter() noexcept = default;
  RingWriter(RingIndices& indices, std::byte* data, std::size_t ring_bytes) noexcept
      : indices_(&indices), data_(data), bytes_(ring_bytes) {}

  // Writes a record behind the last one, without publishing it. False if the reader has not freed
  // enough.
  bool append(const RecordHeader& header, const std::byte* payload) noexcept {
    std::byte* const place = reserve(header.bytes);
    if (place == nullptr) return false;
    write(place, header, payload);
    return true;
  }

  // The same in two steps: takes the place of a record behind the last one, for a write() before
  // the next publish(). Null if the reader has not freed enough.
  [[nodiscard]] std::byte* reserve(std::size_t payload_bytes) noexcept {
    const std::size_t size = record_bytes(payload_bytes);
    std::uint64_t at = position_;
    const std::size_t to_end = bytes_ - (at & (bytes_ - 1));
    const bool skips = to_end < size;
    if (!has_room((skips ? to_end : 0) + size)) return nullptr;
    if (skips) {
      if (to_end >= sizeof(RecordHeader)) put(memory(at), RecordHeader{});
      at += to_end;
    }
    position_ = at + size;
    return memory(at);
  }
  static void write(std::byte* place, const RecordHeader& header,
                    const std::byte* payload) noexcept {
    put(place, header);
    if (header.bytes != 0) std::memcpy(place + sizeof(RecordHeader), payload, header.bytes);
  }

  // Makes everything that was appended visible. If we die before this store, the reader sees none
  // of it; if after, all of it.
  void publish() noexcept { indices_->written.store(position_, std::memory_order_release); }

  // Where the next record will begin.
  [[nodiscard]] std::uint64_t position() const noexcept { return position_; }

  // Takes back what was written from `position` on. Only where the reader is known not to have
  // begun there, see StartedWords.
  void rewind(std::uint64_t position) noexcept {
    position_ = position;
    publish();
  }

  // Lets the reader see only what lies before `position`, for the moment.
  void hide_from(std::uint64_t position) noexcept {
    indices_->written.store(position, std::memory_order_release);
  }

 private:
  bool has_room(std::size_t size) noexcept {
    if (position_ + size - read_seen_ <= bytes_) return true;
    // The reader's index is looked at only when the ring looks full: its line stays in the reader's
    // cache.
    read_seen_ = indices_->read.load(std::memory_order_acquire);
    return position_ + size - read_seen_ <= bytes_;
  }

  std::byte* memory(std::uint64_t at) noexcept { return data_ + (at & (bytes_ - 1)); }
  // Field by field, as it was filled in. Read as a whole it would be a load that the processor
  // cannot forward from the stores of its parts: it waits until these, and with them every older
  // store to a line that the reader holds, have reached the cache. That was a quarter of the time
  // that a worker spent on a short task.
  static void put(std::byte* to, const RecordHeader& header) noexcept {
    put_field(to + offsetof(RecordHeader, bytes), header.bytes);
    put_field(to + offsetof(RecordHeader, total), header.total);
    put_field(to + offsetof(RecordHeader, kind), header.kind);
    put_field(to + offsetof(RecordHeader, unused), header.unused);
    put_field(to + offsetof(RecordHeader, attempt), header.attempt);
    put_field(to + offsetof(RecordHeader, index), header.index);
    put_field(to + offsetof(RecordHeader, tag), header.tag);
  }
  // Atomic, so that the compiler does not make one copy of them again.
  template <typename Field>
  static void put_field(std::byte* to, Field value) noexcept {
    std::atomic_ref<Field>(*reinterpret_cast<Field*>(to)).store(value, std::memory_order_relaxed);
  }

  RingIndices* indices_ = nullptr;
  std::byte* data_ = nullptr;
  std::size_t bytes_ = 0;
  std::uint64_t position_ = 0;
  std::uint64_t read_seen_ = 0;
};

enum class ReadResult : std::uint8_t { record, empty, corrupt };

// The consumer's end. Lives in the consumer's private memory.
class RingReader {
 public:
  RingReader() noexcept = default;
  RingReader(RingIndices& indices, const std::byte* data, std::size_t ring_bytes) noexcept
      : indices_(&indices), data_(data), bytes_(ring_bytes) {}

  // Whether a record is there, without looking at it.
  [[nodiscard]] bool has_record() noexcept {
    if (is_behind(written_seen_)) return true;
    // The writer's index is looked at only when the ring looks empty.
    written_seen_ = indices_->written.load(std::memory_order_acquire);
    return is_behind(written_seen_);
  }

  // The oldest record that was not popped. `corrupt` where what stands there cannot have been
  // written by a RingWriter: the reader trusts nothing it reads, since the writer's process may run
  // anybody's code.
  [[nodiscard]] ReadResult front(Record& record) noexcept {
    if (!has_record()) return ReadResult::empty;
    const std::uint64_t there = written_seen_ - position_;
    if (there > bytes_) return ReadResult::corrupt;
    std::uint64_t at = position_;
    const std::size_t to_end = bytes_ - (at & (bytes_ - 1));
    if (to_end < sizeof(RecordHeader) || get(at).kind == RecordKind::skip) at += to_end;
    if (at - position_ + sizeof(RecordHeader) > there) return ReadResult::corrupt;
    record.header = get(at);
    const std::size_t size = record_bytes(record.header.bytes);
    const std::size_t offset = at & (bytes_ - 1);
    if (size > bytes_ || at - position_ + size > there || offset + size > bytes_) {
      return ReadResult::corrupt;
    }
    record.payload = {data_ + offset + sizeof(RecordHeader), record.header.bytes};
    next_ = at + size;
    return ReadResult::record;
  }

  // Goes on behind the record that front() gave; its memory stays untouched until release().
  void pop() noexcept { position_ = next_; }

  // Gives the memory of everything popped back to the writer. If we die before this store the
  // writer sees a fuller ring than it is, and whoever takes over after us resets it.
  void release() noexcept { indices_->read.store(position_, std::memory_order_release); }
  [[nodiscard]] bool owes_release() const noexcept {
    return indices_->read.load(std::memory_order_relaxed) != position_;
  }

  // Forgets what was seen of the writer's index, after the writer may have taken records back.
  void forget_written() noexcept { written_seen_ = position_; }

 private:
  // A writer that rewinds can stand before us for a moment: that is "nothing there", not four
  // billion records.
  [[nodiscard]] bool is_behind(std::uint64_t written) const noexcept {
    return static_cast<std::int64_t>(written - position_) > 0;
  }
  [[nodiscard]] RecordHeader get(std::uint64_t at) const noexcept {
    RecordHeader header;
    std::memcpy(&header, data_ + (at & (bytes_ - 1)), sizeof header);
    return header;
  }

  RingIndices* indices_ = nullptr;
  const std::byte* data_ = nullptr;
  std::size_t bytes_ = 0;
  std::uint64_t position_ = 0;
  std::uint64_t next_ = 0;
  std::uint64_t written_seen_ = 0;
};

}  // namespace revenant
