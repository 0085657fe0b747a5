// What tests of deaths have in common.
#pragma once

#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "pool/test/outcomes.h"
#include "revenant/worker.h"

namespace revenant::test {

// Every promise is kept with either notice.
class Recovery : public ::testing::TestWithParam<DeathNotice> {
 protected:
  PoolOptions options(std::size_t workers, std::size_t spares) {
    PoolOptions options;
    options.workers = workers;
    options.spares = spares;
    options.death_notice = GetParam();
    options.observer = events_.observer();
    return options;
  }
  static std::string die_if_told(std::string_view payload) {
    if (payload == "die") ::kill(::getpid(), SIGKILL);
    if (payload == "die once" && current_task().attempt == 1) ::kill(::getpid(), SIGKILL);
    return std::string(payload);
  }
  void kill_one(std::mt19937& random) {
    const std::vector<pid_t> living = events_.living_workers();
    if (!living.empty()) ::kill(living[random() % living.size()], SIGKILL);
  }

  Events events_;
  Outcomes outcomes_;
};

inline std::string notice_name(const ::testing::TestParamInfo<DeathNotice>& test) {
  return test.param == DeathNotice::automatic ? "Early" : "FinalOnly";
}

}  // namespace revenant::test
