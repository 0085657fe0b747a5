// Small records that go into one ring together.
//
// A processor's stores reach its cache in their order, and only some sixty of them wait for that at
// a time. A record's lines lie in its reader's cache, so its stores wait long; with all the stores
// that finding the next task takes between them, one record's lines are fetched after the other's.
// So the places are taken first, and the records are written in one go: their lines come together.
// With a task of 56 bytes that was a fifth of the supervisor's time.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

#include "pool/src/ring.h"

namespace revenant {

class RecordBatch {
 public:
  static constexpr std::size_t kRecordsMax = 16;
  // Copying more than this takes so long that the reader had better begin.
  static constexpr std::size_t kPayloadBytesMax = 1024;

  [[nodiscard]] bool full() const noexcept { return size_ == kRecordsMax; }

  // Takes a place behind the last record. The payload has to stay where it is until write(). False
  // if the ring has no room.
  bool add(RingWriter& ring, RecordHeader& header, std::string_view payload) noexcept {
    header.bytes = header.total = static_cast<std::uint32_t>(payload.size());
    std::byte* const place = ring.reserve(header.bytes);
    if (place == nullptr) return false;
    records_[size_++] = {place, header, payload.data()};
    return true;
  }

  // Writes them, for the caller to publish.
  void write() noexcept {
    for (std::size_t i = 0; i < size_; ++i) {
      const Placed& record = records_[i];
      RingWriter::write(record.place, record.header,
                        reinterpret_cast<const std::byte*>(record.payload));
    }
    size_ = 0;
  }

 private:
  struct Placed {
    std::byte* place;
    RecordHeader header;
    const char* payload;
  };

  std::array<Placed, kRecordsMax> records_;
  std::size_t size_ = 0;
};

}  // namespace revenant
