// Payloads larger than a record pass through a ring in fragments.
//
// The first record carries the kind and the length of the whole; records of kind `more` follow,
// without anything else between them. Each is published as soon as it is written, so that both
// sides copy at the same time and a ring of fixed size carries any length. A payload is there when
// its last fragment is: if its writer dies before, it never was. Shown by CrashPoints.*
// (worker_fragment_read, worker_fragment_written).
#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

#include "pool/os/huge_pages.h"
#include "pool/src/ring.h"

namespace revenant {

// The writing side of one payload; a view, the payload stays with its owner until done().
class FragmentWriter {
 public:
  FragmentWriter() noexcept = default;
  FragmentWriter(const RecordHeader& first, std::string_view payload) noexcept
      : header_(first), payload_(payload), begun_(false) {
    header_.total = static_cast<std::uint32_t>(payload.size());
  }

  // Writes the next fragment, for the caller to publish. False if the ring has no room for it.
  bool write_next(RingWriter& ring, std::size_t record_max) noexcept {
    header_.bytes = static_cast<std::uint32_t>(std::min(record_max, payload_.size() - written_));
    if (!ring.append(header_, reinterpret_cast<const std::byte*>(payload_.data()) + written_)) {
      return false;
    }
    written_ += header_.bytes;
    header_.kind = RecordKind::more;
    begun_ = true;
    return true;
  }

  [[nodiscard]] bool done() const noexcept { return begun_ && written_ == payload_.size(); }

 private:
  RecordHeader header_;
  std::string_view payload_;
  std::size_t written_ = 0;
  bool begun_ = true;
};

// Writes a payload that fits into a record, or the first fragment of one that does not, of which
// `rest` then writes the others. For the caller to publish; false if the ring has no room. Fills in
// the header's lengths; not in a copy of it, for the reason that RingWriter::put has.
inline bool begin_writing(RingWriter& ring, RecordHeader& header, std::string_view payload,
                          std::size_t record_max, FragmentWriter& rest) noexcept {
  if (payload.size() <= record_max) {
    header.bytes = header.total = static_cast<std::uint32_t>(payload.size());
    return ring.append(header, reinterpret_cast<const std::byte*>(payload.data()));
  }
  FragmentWriter writer(header, payload);
  if (!writer.write_next(ring, record_max)) return false;
  rest = writer;
  return true;
}

// The reading side. Payloads of one record are not copied: the caller looks at the record itself.
class FragmentReader {
 public:
  enum class Step : std::uint8_t { whole, more_to_come, out_of_memory, corrupt };

  // Takes the first record of a payload longer than the record.
  Step begin(const Record& record, std::size_t total_max) noexcept {
    first_ = record.header;
    overflowed_ = false;
    received_ = 0;
    buffer_.clear();
    if (record.header.total > total_max) return Step::corrupt;
    try {
      if (record.header.total > buffer_.capacity()) {
        buffer_.reserve(record.header.total);
        os::prefer_huge_pages(buffer_.data(), buffer_.capacity());
      }
    } catch (...) {
      overflowed_ = true;  // the fragments still have to pass, to reach the records behind them
    }
    return take(record);
  }

  // Takes a record of kind `more`.
  Step go_on(const Record& record) noexcept {
    return record.header.kind == RecordKind::more && in_progress() ? take(record) : Step::corrupt;
  }

  [[nodiscard]] bool in_progress() const noexcept { return received_ < first_.total; }
  [[nodiscard]] const RecordHeader& first() const noexcept { return first_; }
  [[nodiscard]] std::string_view payload() const noexcept { return buffer_; }

  // Forgets a payload whose writer is dead.
  void abandon() noexcept {
    first_ = {};
    received_ = 0;
    shrink();
  }
  // Gives memory back after an unusually large payload.
  void shrink() noexcept {
    if (buffer_.capacity() > kKeptBytes) std::string().swap(buffer_);
  }

 private:
  static constexpr std::size_t kKeptBytes = std::size_t{1} << 20;

  Step take(const Record& record) noexcept {
    if (record.header.bytes > first_.total - received_) return Step::corrupt;
    received_ += record.header.bytes;
    if (!overflowed_) {
      buffer_.append(reinterpret_cast<const char*>(record.payload.data()), record.payload.size());
    }
    if (in_progress()) return Step::more_to_come;
    return overflowed_ ? Step::out_of_memory : Step::whole;
  }

  RecordHeader first_;
  std::string buffer_;
  std::size_t received_ = 0;
  bool overflowed_ = false;
};

}  // namespace revenant
