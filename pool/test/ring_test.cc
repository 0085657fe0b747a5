// The ring, with corpses made by hand.
#include "pool/src/ring.h"

#include <gtest/gtest.h>

#include <deque>
#include <memory>
#include <random>
#include <string>
#include <thread>
#include <vector>

namespace revenant {
namespace {

constexpr std::size_t kBytes = 4096;

class Ring : public ::testing::Test {
 protected:
  RingWriter writer() { return {indices_, data_, kBytes}; }
  RingReader reader() { return {indices_, data_, kBytes}; }

  static RecordHeader header(std::uint32_t bytes, std::uint32_t index = 0) {
    RecordHeader h;
    h.kind = RecordKind::task;
    h.bytes = h.total = bytes;
    h.index = index;
    return h;
  }
  static bool append(RingWriter& writer, const std::string& text, std::uint32_t index = 0) {
    return writer.append(header(static_cast<std::uint32_t>(text.size()), index),
                         reinterpret_cast<const std::byte*>(text.data()));
  }
  static std::string text(const Record& record) {
    return {reinterpret_cast<const char*>(record.payload.data()), record.payload.size()};
  }

  RingIndices indices_{};
  alignas(64) std::byte data_[kBytes]{};
};

TEST_F(Ring, ReaderSeesNothingOfARecordWhoseWriterDiedBeforePublishing) {
  RingWriter w = writer();
  ASSERT_TRUE(append(w, "written, not published"));
  RingReader r = reader();
  Record record;
  EXPECT_FALSE(r.has_record());
  EXPECT_EQ(r.front(record), ReadResult::empty);
}

TEST_F(Ring, ReaderSeesTheWholeOfARecordWhoseWriterDiedAfterPublishing) {
  {
    RingWriter w = writer();
    ASSERT_TRUE(append(w, "published", 7));
    w.publish();
  }
  RingReader r = reader();
  Record record;
  ASSERT_EQ(r.front(record), ReadResult::record);
  EXPECT_EQ(text(record), "published");
  EXPECT_EQ(record.header.index, 7u);
}

TEST_F(Ring, ARecordBehindAPublishedOneStaysInvisibleUntilItIsPublishedItself) {
  RingWriter w = writer();
  ASSERT_TRUE(append(w, "first"));
  w.publish();
  ASSERT_TRUE(append(w, "second"));
  RingReader r = reader();
  Record record;
  ASSERT_EQ(r.front(record), ReadResult::record);
  r.pop();
  EXPECT_EQ(r.front(record), ReadResult::empty);
}

TEST_F(Ring, AReaderThatDiedBeforeReleasingLeavesTheRecordToItsSuccessor) {
  RingWriter w = writer();
  ASSERT_TRUE(append(w, "unfinished"));
  w.publish();
  {
    RingReader dead = reader();
    Record record;
    ASSERT_EQ(dead.front(record), ReadResult::record);
    dead.pop();  // and no release
  }
  RingReader r = reader();
  Record record;
  ASSERT_EQ(r.front(record), ReadResult::record);
  EXPECT_EQ(text(record), "unfinished");
}

TEST_F(Ring, WriterIsRefusedWhatDoesNotFitAndGoesOnAfterARelease) {
  RingWriter w = writer();
  RingReader r = reader();
  const std::string quarter(record_payload_max(kBytes), 'q');
  int written = 0;
  while (append(w, quarter)) ++written;
  w.publish();
  EXPECT_EQ(written, 4);
  EXPECT_FALSE(append(w, quarter));
  Record record;
  ASSERT_EQ(r.front(record), ReadResult::record);
  r.pop();
  EXPECT_FALSE(append(w, quarter)) << "popped is not released";
  r.release();
  EXPECT_TRUE(append(w, quarter));
}

TEST_F(Ring, ARecordOfTheLargestSizeAlwaysFitsIntoAnEmptyRing) {
  for (std::size_t before = 0; before < 600; ++before) {
    indices_.written = indices_.read = 0;
    RingWriter w = writer();
    RingReader r = reader();
    Record record;
    // Records of all small sizes bring the position to every place there is.
    for (std::size_t i = 0; i < before; ++i) {
      ASSERT_TRUE(append(w, std::string(i % 37, 'x')));
      w.publish();
      ASSERT_EQ(r.front(record), ReadResult::record);
      r.pop();
      r.release();
    }
    ASSERT_TRUE(append(w, std::string(record_payload_max(kBytes), 'y'))) << before;
  }
}

TEST_F(Ring, KeepsEveryRecordInOrderOverManyTurnsOfTheRing) {
  std::mt19937 random(7);
  RingWriter w = writer();
  RingReader r = reader();
  std::deque<std::string> in_ring;
  std::uint32_t index = 0;
  for (int round = 0; round < 200'000; ++round) {
    if (random() % 2 == 0) {
      const std::string payload(random() % (record_payload_max(kBytes) + 1),
                                static_cast<char>('a' + random() % 26));
      if (append(w, payload, index)) {
        w.publish();
        in_ring.push_back(payload);
        ++index;
      }
    } else {
      Record record;
      if (r.front(record) == ReadResult::record) {
        ASSERT_EQ(text(record), in_ring.front());
        in_ring.pop_front();
        r.pop();
        r.release();
      } else {
        ASSERT_TRUE(in_ring.empty());
      }
    }
  }
}

TEST_F(Ring, WhatWasRewoundIsNotRead) {
  RingWriter w = writer();
  RingReader r = reader();
  ASSERT_TRUE(append(w, "stays"));
  const std::uint64_t position = w.position();
  ASSERT_TRUE(append(w, "taken back"));
  w.publish();
  Record record;
  ASSERT_EQ(r.front(record), ReadResult::record);  // the reader has seen both
  w.rewind(position);
  r.forget_written();
  ASSERT_EQ(r.front(record), ReadResult::record);
  EXPECT_EQ(text(record), "stays");
  r.pop();
  EXPECT_EQ(r.front(record), ReadResult::empty);
  ASSERT_TRUE(append(w, "instead"));
  w.publish();
  ASSERT_EQ(r.front(record), ReadResult::record);
  EXPECT_EQ(text(record), "instead");
}

TEST_F(Ring, AWriterThatStandsBehindItsReaderForAMomentHasNothingForIt) {
  RingWriter w = writer();
  RingReader r = reader();
  ASSERT_TRUE(append(w, "begun"));
  w.publish();
  Record record;
  ASSERT_EQ(r.front(record), ReadResult::record);
  r.pop();
  w.hide_from(0);
  r.forget_written();
  EXPECT_EQ(r.front(record), ReadResult::empty);
}

TEST_F(Ring, AReaderDoesNotBelieveWhatNoWriterWouldWrite) {
  Record record;
  const auto with_header = [&](RecordHeader h, std::uint64_t written) {
    std::memcpy(data_, &h, sizeof h);
    indices_.written = written;
    RingReader r = reader();
    return r.front(record);
  };
  EXPECT_EQ(with_header(header(100'000), 64), ReadResult::corrupt) << "larger than the ring";
  EXPECT_EQ(with_header(header(100), 64), ReadResult::corrupt) << "larger than what is published";
  EXPECT_EQ(with_header(header(0), kBytes * 5), ReadResult::corrupt) << "more than a ring holds";
  EXPECT_EQ(with_header(header(0), 8), ReadResult::corrupt) << "less than a header";
  EXPECT_EQ(with_header(RecordHeader{}, 64), ReadResult::corrupt) << "a skip beyond what there is";
  EXPECT_EQ(with_header(header(UINT32_MAX), 64), ReadResult::corrupt) << "sizes that overflow";
}

TEST_F(Ring, StreamsBetweenTwoThreads) {
  constexpr std::uint32_t kRecords = 100'000;
  std::thread producer([this] {
    RingWriter w = writer();
    for (std::uint32_t i = 0; i < kRecords;) {
      if (!append(w, std::to_string(i), i)) {
        std::this_thread::yield();
        continue;
      }
      w.publish();
      ++i;
    }
  });
  RingReader r = reader();
  for (std::uint32_t i = 0; i < kRecords;) {
    Record record;
    if (r.front(record) != ReadResult::record) {
      std::this_thread::yield();
      continue;
    }
    if (text(record) != std::to_string(i)) {
      ADD_FAILURE() << "record " << i << " holds " << text(record);
      break;
    }
    r.pop();
    r.release();
    ++i;
  }
  producer.join();
}

}  // namespace
}  // namespace revenant
