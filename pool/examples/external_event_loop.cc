// The pool as one descriptor among others in somebody else's epoll loop.
#include <sys/epoll.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include <cstdint>
#include <cstdio>
#include <string>

#include "revenant/pool.h"

int main() {
  revenant::Pool pool([](std::string_view text) { return std::string(text); }, {.workers = 2});
  const int timer = ::timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC);
  const itimerspec every_5_ms{{0, 5'000'000}, {0, 5'000'000}};
  ::timerfd_settime(timer, 0, &every_5_ms, nullptr);

  const int loop = ::epoll_create1(EPOLL_CLOEXEC);
  for (const int source : {timer, pool.event_descriptor()}) {
    epoll_event event{EPOLLIN, {.fd = source}};
    if (::epoll_ctl(loop, EPOLL_CTL_ADD, source, &event) != 0) return 1;
  }

  // A task at every tick of the timer; outcomes whenever the pool says that there is something.
  std::uint64_t ticks = 0, sent = 0, outcomes = 0;
  while (outcomes < 20) {
    epoll_event event;
    if (::epoll_wait(loop, &event, 1, 30'000) != 1) return 1;
    if (event.data.fd == timer) {
      if (::read(timer, &ticks, sizeof ticks) != sizeof ticks) return 1;
      if (sent < 20 && pool.submit("tick", sent) == revenant::SubmitResult::accepted) ++sent;
    } else {
      outcomes += pool.poll(std::chrono::nanoseconds(0), [](const revenant::Outcome&) {});
    }
  }
  std::printf("%d tasks sent by the timer, %d outcomes taken by the loop\n", static_cast<int>(sent),
              static_cast<int>(outcomes));
  return sent == 20 && outcomes == 20 ? 0 : 1;
}
