// Payloads longer than a record.
#include "pool/src/fragments.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace revenant {
namespace {

constexpr std::size_t kBytes = 4096;

class Fragments : public ::testing::Test {
 protected:
  // Passes `payload` through the ring, reading whenever the writer is stuck.
  FragmentReader::Step pass(const std::string& payload, std::size_t total_max, std::string& got) {
    RecordHeader header;
    header.kind = RecordKind::completed;
    FragmentWriter out(header, payload);
    FragmentReader in;
    bool begun = false;
    while (true) {
      if (!out.done() && out.write_next(writer_, record_payload_max(kBytes))) writer_.publish();
      Record record;
      if (reader_.front(record) != ReadResult::record) continue;
      const FragmentReader::Step step = begun ? in.go_on(record) : in.begin(record, total_max);
      begun = true;
      reader_.pop();
      reader_.release();
      if (step == FragmentReader::Step::more_to_come) continue;
      got = std::string(in.payload());
      return step;
    }
  }

  RingIndices indices_{};
  alignas(64) std::byte data_[kBytes]{};
  RingWriter writer_{indices_, data_, kBytes};
  RingReader reader_{indices_, data_, kBytes};
};

TEST_F(Fragments, APayloadOfAnyLengthArrivesWhole) {
  const std::size_t record = record_payload_max(kBytes);
  for (const std::size_t size : {std::size_t{0}, std::size_t{1}, record - 1, record, record + 1,
                                 2 * record, 2 * record + 1, kBytes, 10 * kBytes + 3}) {
    std::string payload(size, '\0');
    for (std::size_t i = 0; i < size; ++i) payload[i] = static_cast<char>(i * 31);
    std::string got;
    EXPECT_EQ(pass(payload, 1 << 20, got), FragmentReader::Step::whole) << size;
    EXPECT_EQ(got, payload) << size;
  }
}

TEST_F(Fragments, ALengthOverTheLimitIsNotBelieved) {
  std::string got;
  EXPECT_EQ(pass(std::string(5000, 'x'), 4999, got), FragmentReader::Step::corrupt);
}

TEST_F(Fragments, ARecordOfAnotherKindInBetweenIsNotBelieved) {
  RecordHeader first;
  first.kind = RecordKind::completed;
  first.bytes = 4;
  first.total = 8;
  const std::string four = "1234";
  const auto* bytes = reinterpret_cast<const std::byte*>(four.data());
  FragmentReader in;
  ASSERT_EQ(in.begin({first, {bytes, 4}}, 100), FragmentReader::Step::more_to_come);
  EXPECT_EQ(in.go_on({first, {bytes, 4}}), FragmentReader::Step::corrupt);
}

TEST_F(Fragments, AFragmentLongerThanWhatIsMissingIsNotBelieved) {
  RecordHeader header;
  header.kind = RecordKind::completed;
  header.bytes = 4;
  header.total = 6;
  const std::string four = "1234";
  const auto* bytes = reinterpret_cast<const std::byte*>(four.data());
  FragmentReader in;
  ASSERT_EQ(in.begin({header, {bytes, 4}}, 100), FragmentReader::Step::more_to_come);
  header.kind = RecordKind::more;
  EXPECT_EQ(in.go_on({header, {bytes, 4}}), FragmentReader::Step::corrupt);
}

TEST_F(Fragments, AnAbandonedPayloadLeavesNothingForTheNext) {
  RecordHeader header;
  header.kind = RecordKind::completed;
  header.bytes = 4;
  header.total = 8;
  const std::string four = "dead";
  FragmentReader in;
  ASSERT_EQ(in.begin({header, {reinterpret_cast<const std::byte*>(four.data()), 4}}, 100),
            FragmentReader::Step::more_to_come);
  in.abandon();
  EXPECT_FALSE(in.in_progress());
}

}  // namespace
}  // namespace revenant
