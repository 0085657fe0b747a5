// What lies in a ring: a header and its payload.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace revenant {

enum class RecordKind : std::uint8_t {
  skip,  // nothing follows up to the end of the ring's memory; the next record is at its beginning
  task,  // the first (often the only) record of a task
  completed,  // the first record of a result
  failed,     // the first record of the text of what the function threw
  refused,    // the first record of the reason why there is no result that could be carried
  more,       // a further fragment of what the record before it began
};

// Written by the producer before the record is published, and never after.
struct RecordHeader {
  std::uint32_t bytes = 0;  // of payload in this record
  std::uint32_t total = 0;  // first records: of payload in all fragments together
  RecordKind kind = RecordKind::skip;
  std::uint8_t unused = 0;
  std::uint16_t attempt = 0;  // tasks: which attempt this is, from 1
  std::uint32_t index =
      0;  // which task of this worker it belongs to, from 0: a check, and for people with gdb
  std::uint64_t tag = 0;  // tasks: the submitter's
};
static_assert(sizeof(RecordHeader) == 24);

struct Record {
  RecordHeader header;
  std::span<const std::byte> payload;  // in the ring: valid until the record is released
};

// Payloads go up to the header's 32 bits; a limit below that keeps sums of two of them in range.
inline constexpr std::size_t kPayloadBytesLimit = std::size_t{1} << 31;

}  // namespace revenant
