// The offsets in shared memory that README.md draws.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <iterator>

#include "pool/src/region.h"

namespace revenant::test {
namespace {

TEST(Layout, OfTheRegionHeaderIsAsDocumented) {
  EXPECT_EQ(offsetof(RegionHeader, bell), 0u);
  EXPECT_EQ(sizeof(SupervisorBell), kCacheLine + SupervisorBell::kWords * kCacheLine);
  EXPECT_EQ(offsetof(RegionHeader, spin_allowed), 4160u);
  EXPECT_EQ(offsetof(RegionHeader, streaming), 4164u);
  EXPECT_EQ(offsetof(RegionHeader, processor), 4168u);
  EXPECT_EQ(offsetof(RegionHeader, trial_lock), 4224u);
  EXPECT_EQ(offsetof(RegionHeader, trial_go), 4288u);
}

TEST(Layout, OfAMailboxIsAsDocumented) {
  EXPECT_EQ(offsetof(MailboxControl, life), 0u);
  EXPECT_EQ(offsetof(MailboxControl, ready_generation), 8u);
  EXPECT_EQ(offsetof(MailboxControl, leave), 12u);
  EXPECT_EQ(offsetof(MailboxControl, processor), 16u);
  EXPECT_EQ(offsetof(MailboxControl, lock), 64u);
  EXPECT_EQ(offsetof(MailboxControl, bell), 128u);
  EXPECT_EQ(offsetof(MailboxControl, started), 192u);
  EXPECT_EQ(sizeof(StartedWords), 2 * kCacheLine);
  EXPECT_EQ(offsetof(MailboxControl, tasks.written), 320u);
  EXPECT_EQ(offsetof(MailboxControl, tasks.read), 384u);
  EXPECT_EQ(offsetof(MailboxControl, results.written), 448u);
  EXPECT_EQ(offsetof(MailboxControl, results.read), 512u);
}

TEST(Layout, AMailboxIsItsTaskRingAndBehindItControlWordsAndResultsWithoutAGap) {
  constexpr std::size_t kRing = std::size_t{1} << 16;  // whole pages, whatever their size
  alignas(kCacheLine) std::byte start[1] = {};         // only its address is used
  const Mailbox mailbox(start, kRing);
  EXPECT_EQ(mailbox.task_data(), start);
  EXPECT_EQ(reinterpret_cast<std::byte*>(&mailbox.control()), start + kRing);
  EXPECT_EQ(sizeof(MailboxControl), 576u);
  EXPECT_EQ(mailbox.result_data(), start + kRing + 576);
  EXPECT_GE(Mailbox::bytes(kRing), 2 * kRing + 576);
  EXPECT_EQ(Mailbox::bytes(kRing) % Mailbox::task_ring_bytes(1), 0u) << "pages";
}

TEST(Layout, OfARecordIsAsDocumented) {
  EXPECT_EQ(offsetof(RecordHeader, bytes), 0u);
  EXPECT_EQ(offsetof(RecordHeader, total), 4u);
  EXPECT_EQ(offsetof(RecordHeader, kind), 8u);
  EXPECT_EQ(offsetof(RecordHeader, attempt), 10u);
  EXPECT_EQ(offsetof(RecordHeader, index), 12u);
  EXPECT_EQ(offsetof(RecordHeader, tag), 16u);
  EXPECT_EQ(record_bytes(0), 24u);
  EXPECT_EQ(record_bytes(1), 32u);
}

TEST(Layout, WordsThatAreWrittenForEveryTaskHaveALineEach) {
  const std::size_t words[] = {offsetof(MailboxControl, bell),
                               offsetof(MailboxControl, started),
                               offsetof(MailboxControl, tasks.written),
                               offsetof(MailboxControl, tasks.read),
                               offsetof(MailboxControl, results.written),
                               offsetof(MailboxControl, results.read)};
  for (const std::size_t one : words) {
    EXPECT_EQ(one % kCacheLine, 0u);
    EXPECT_EQ(std::count(std::begin(words), std::end(words), one), 1);
  }
  EXPECT_EQ(alignof(MailboxControl), kCacheLine);
}

}  // namespace
}  // namespace revenant::test
