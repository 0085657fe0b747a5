// map(): every element has its result, in the range's order, whatever happens to its neighbours.
#include "revenant/map.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <list>
#include <ranges>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "revenant/codec.h"

namespace revenant::test {
namespace {

struct Point {
  int x = 0;
  int y = 0;
  bool operator==(const Point&) const = default;
};

template <typename T>
void expect_round_trip(const T& value) {
  T back{};
  ASSERT_TRUE(decode(encode(value), back));
  EXPECT_EQ(back, value);
}

TEST(Codec, CarriesPlainValuesTextsAndVectorsOfThem) {
  expect_round_trip(-17);
  expect_round_trip(Point{3, 4});
  expect_round_trip(std::array<double, 3>{1, 2, 3});
  expect_round_trip(std::string("with \0 in it", 12));
  expect_round_trip(std::string());
  expect_round_trip(std::vector<Point>{{1, 2}, {3, 4}});
  expect_round_trip(std::vector<std::string>{"", "a", std::string(100'000, 'b')});
  expect_round_trip(std::vector<std::vector<int>>{{}, {1}, {2, 3}});
  expect_round_trip(std::vector<bool>{true, false, true});
}

TEST(Codec, RefusesEveryTruncationAndWhatIsLeftOver) {
  const std::string whole = encode(std::vector<std::string>{"one", "three", ""});
  std::vector<std::string> value;
  for (std::size_t size = 0; size < whole.size(); ++size) {
    EXPECT_FALSE(decode(std::string_view(whole).substr(0, size), value)) << size;
  }
  EXPECT_TRUE(decode(whole, value));
  EXPECT_FALSE(decode(whole + "x", value));
}

TEST(Codec, RefusesALengthThatIsALieWithoutReservingForIt) {
  std::string lie = encode(std::uint64_t{1} << 60);
  lie += "abc";
  std::string text;
  std::vector<int> numbers;
  std::vector<std::string> texts;
  EXPECT_FALSE(decode(lie, text));
  EXPECT_FALSE(decode(lie, numbers));
  EXPECT_FALSE(decode(lie, texts));
}

static_assert(!Encodable<const char*> && !Encodable<std::string_view> && !Encodable<int*>,
              "what points to memory of one process is not carried to another");

TEST(Map, ResultsAreInTheOrderOfTheRange) {
  for (const std::size_t chunk : {1u, 7u, 1000u, 5000u}) {
    const auto results = map([](int n) { return std::to_string(n); }, std::views::iota(0, 1000),
                             {.pool = {.workers = 3}, .chunk = chunk});
    ASSERT_EQ(results.size(), 1000u);
    for (int n = 0; n < 1000; ++n) {
      const auto& result = results[static_cast<std::size_t>(n)];
      ASSERT_TRUE(result) << n << ": " << result.error;
      EXPECT_EQ(*result.value, std::to_string(n));
      EXPECT_EQ(result.kind, OutcomeKind::completed);
      EXPECT_EQ(result.attempts, 1u);
    }
  }
}

TEST(Map, TakesAnyRangeOfWhatItCanCarry) {
  const std::list<Point> points{{1, 2}, {3, 4}};
  const auto sums = map([](const Point& point) { return point.x + point.y; }, points);
  EXPECT_EQ(sums.at(1).value, 7);

  const char* const words[] = {"ab", "c"};
  const auto lengths = map([](std::string_view word) { return word.size(); }, words);
  EXPECT_EQ(lengths.at(0).value, 2u);

  std::istringstream input("4 5 6");
  const auto halves =
      map([](double number) { return number / 2; }, std::ranges::istream_view<double>(input));
  EXPECT_EQ(halves.at(2).value, 3.0);

  const auto nested = map([](std::vector<int> row) { return std::vector<std::string>(row.size()); },
                          std::vector<std::vector<int>>{{1, 2, 3}, {}});
  EXPECT_EQ(nested.at(0).value->size(), 3u);
  EXPECT_TRUE(nested.at(1).value->empty());
}

TEST(Map, AnEmptyRangeHasNoResults) {
  EXPECT_TRUE(map([](int n) { return n; }, std::vector<int>{}).empty());
}

TEST(Map, AnElementThatThrowsCostsItsChunkNothing) {
  const auto half = [](int n) {
    if (n % 2 != 0) throw std::runtime_error(std::to_string(n) + " is odd");
    return n / 2;
  };
  const auto results = map(half, std::views::iota(0, 100), {.chunk = 10});
  for (int n = 0; n < 100; ++n) {
    const auto& result = results[static_cast<std::size_t>(n)];
    if (n % 2 == 0) {
      EXPECT_EQ(result.value, n / 2);
    } else {
      EXPECT_FALSE(result);
      EXPECT_EQ(result.kind, OutcomeKind::failed);
      EXPECT_EQ(result.reason, Reason::threw);
      EXPECT_EQ(result.error, std::to_string(n) + " is odd");
    }
  }
}

TEST(Map, OnlyTheElementThatKillsItsWorkersIsWithoutAValue) {
  const auto fragile = [](int n) {
    if (n == 13) ::raise(SIGKILL);
    return n;
  };
  for (const std::size_t chunk : {1u, 5u, 100u}) {
    const auto results = map(fragile, std::views::iota(0, 50),
                             {.pool = {.workers = 2, .attempts_max = 2}, .chunk = chunk});
    for (int n = 0; n < 50; ++n) {
      const auto& result = results[static_cast<std::size_t>(n)];
      if (n == 13) {
        EXPECT_EQ(result.kind, OutcomeKind::gave_up);
        EXPECT_EQ(result.reason, Reason::worker_died);
        EXPECT_EQ(result.attempts, 2u);
      } else {
        EXPECT_EQ(result.value, n) << result.error;
      }
    }
  }
}

TEST(Map, AChunkWhoseResultsDoNotFitIsTakenApart) {
  const auto grow = [](int n) { return std::string(static_cast<std::size_t>(n) * 1000, 'x'); };
  const auto results = map(grow, std::views::iota(0, 6),
                           {.pool = {.workers = 2, .payload_bytes_max = 4500}, .chunk = 3});
  for (std::size_t n = 0; n < 6; ++n) {
    if (n <= 4) {
      ASSERT_TRUE(results[n]) << n << ": " << results[n].error;
      EXPECT_EQ(results[n].value->size(), n * 1000);
    } else {
      EXPECT_EQ(results[n].kind, OutcomeKind::failed);
      EXPECT_EQ(results[n].reason, Reason::unpresentable);
    }
  }
}

TEST(Map, AnElementOverTheLimitsIsRefusedAlone) {
  const auto length = [](const std::string& text) { return text.size(); };
  const std::vector<std::string> texts{"a", std::string(5000, 'b'), "cc"};
  for (const std::size_t chunk : {1u, 3u}) {
    const auto by_payload =
        map(length, texts, {.pool = {.payload_bytes_max = 1000}, .chunk = chunk});
    const auto by_queue = map(length, texts, {.pool = {.queue_bytes_max = 1000}, .chunk = chunk});
    for (const auto& results : {by_payload, by_queue}) {
      EXPECT_EQ(results.at(0).value, 1u);
      EXPECT_EQ(results.at(1).kind, OutcomeKind::failed);
      EXPECT_EQ(results.at(1).reason, Reason::unpresentable);
      EXPECT_EQ(results.at(2).value, 2u);
    }
  }
}

TEST(Map, NoMoreThanQueueMaxTasksAreOpenAtATime) {
  std::size_t in_rings = 0, in_rings_most = 0, outcomes = 0;
  PoolOptions options{.workers = 2, .spares = 0, .queue_max = 4};
  options.observer = [&](const Event& event) {
    outcomes += event.kind == EventKind::outcome ? 1 : 0;
    if (event.kind == EventKind::outcome || event.kind == EventKind::moved_on) --in_rings;
    if (event.kind == EventKind::dispatched) in_rings_most = std::max(in_rings_most, ++in_rings);
  };
  const auto results = map([](int n) { return n; }, std::views::iota(0, 500), {.pool = options});
  EXPECT_EQ(results.size(), 500u);
  EXPECT_EQ(outcomes, 500u);
  EXPECT_LE(in_rings_most, 4u);
}

TEST(Map, APoolThatStopsItselfLeavesNoElementWithoutAResult) {
  PoolOptions options{.workers = 1, .spares = 0, .attempts_max = 1000, .queue_max = 4};
  options.restarts_max = 2;
  const auto deadly = [](int n) {
    if (n >= 5) ::raise(SIGKILL);
    return n;
  };
  const auto results = map(deadly, std::views::iota(0, 50), {.pool = options});
  ASSERT_EQ(results.size(), 50u);
  for (std::size_t n = 0; n < 50; ++n) {
    if (results[n]) {
      EXPECT_EQ(results[n].value, static_cast<int>(n));
      EXPECT_LT(n, 5u);
    } else {
      EXPECT_EQ(results[n].kind, OutcomeKind::cancelled) << n;
      EXPECT_EQ(results[n].reason, Reason::pool_stopped) << n;
      EXPECT_FALSE(results[n].error.empty());
    }
  }
}

TEST(Mapper, MapsRangeAfterRangeWithTheSameWorkers) {
  const auto pid_and = [](int n) { return std::vector<int>{::getpid(), n}; };
  Mapper<int, decltype(pid_and)> mapper(pid_and, {.pool = {.workers = 1, .spares = 0}, .chunk = 7});
  int pid = 0;
  for (const int size : {100, 0, 1, 50}) {
    const auto results = mapper(std::views::iota(0, size));
    ASSERT_EQ(results.size(), static_cast<std::size_t>(size));
    for (int n = 0; n < size; ++n) {
      const auto& value = results[static_cast<std::size_t>(n)].value;
      ASSERT_TRUE(value) << n;
      if (pid == 0) pid = value->at(0);
      EXPECT_EQ(*value, (std::vector<int>{pid, n}));
    }
  }
}

TEST(Mapper, ARangeThatThrowsLeavesNothingToTheNext) {
  const auto same = [](int n) { return n; };
  Mapper<int, decltype(same)> mapper(same, {.pool = {.workers = 2}, .chunk = 3});
  const auto breaks = std::views::iota(0, 100) | std::views::transform([](int n) {
                        return n < 50 ? n : throw std::domain_error("no more");
                      });
  EXPECT_THROW(static_cast<void>(mapper(breaks)), std::domain_error);
  const auto results = mapper(std::views::iota(1000, 1100));
  ASSERT_EQ(results.size(), 100u);
  for (int n = 0; n < 100; ++n) EXPECT_EQ(results[static_cast<std::size_t>(n)].value, 1000 + n);
}

TEST(Mapper, AfterItsEndEverythingIsCancelled) {
  const auto same = [](int n) { return n; };
  Mapper<int, decltype(same)> mapper(same, {.pool = {.workers = 1}});
  mapper.finish();
  const auto results = mapper(std::vector{1, 2});
  ASSERT_EQ(results.size(), 2u);
  for (const auto& result : results) EXPECT_EQ(result.kind, OutcomeKind::cancelled);
}

TEST(Map, OptionsThatMakeNoSenseAreRefusedByName) {
  const auto same = [](int n) { return n; };
  EXPECT_THROW(static_cast<void>(map(same, std::vector{1}, {.chunk = 0})), std::invalid_argument);
  EXPECT_THROW(static_cast<void>(map(same, std::vector{1}, {.pool = {.workers = 0}})),
               std::invalid_argument);
}

}  // namespace
}  // namespace revenant::test
