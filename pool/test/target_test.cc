// `revenant pool` as a harness sees it: a process with two pipes.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <stdlib.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <thread>

#include "pool/os/proc.h"
#include "pool/os/process.h"
#include "pool/test/target_process.h"

namespace revenant::target {
namespace {

using nlohmann::json;

TEST(Target, AnnouncesItsOperationsAndItsWorkersBeforeAnyTask) {
  TargetProcess target({"--workers", "2", "--spares", "1"});
  const auto ready = json::parse(target.read_line());
  EXPECT_EQ(ready.at("type"), "ready");
  EXPECT_EQ(ready.at("name"), "revenant");
  EXPECT_EQ(ready.at("ops"), json({"echo", "crc32", "sleep", "spin", "record", "die", "hang"}));
  const auto workers = ready.at("workers").get<std::set<pid_t>>();
  EXPECT_EQ(workers.size(), 3u);
  for (const pid_t worker : workers) EXPECT_TRUE(os::read_proc_stat(worker)) << worker;
  target.end_input();
  EXPECT_EQ(target.wait_exit(), 0) << target.errors();
}

TEST(Target, CarriesOutTheOperationsInItsWorkers) {
  TargetProcess target({"--workers", "1", "--spares", "0"});
  const pid_t worker = target.read_workers(1).front();
  target.send_task(1, "echo", R"("h\u00e9llo")");
  target.send_task(2, "crc32", R"("123456789")");
  target.send_task(3, "sleep", "1");
  target.send_task(4, "spin", "1.5");
  const json values = {"h\xC3\xA9llo", 0xCBF43926u, 1, 1.5};
  for (std::size_t i = 0; i < values.size(); ++i) {
    const auto answer = target.read_answer();
    EXPECT_EQ(answer.at("type"), "result") << answer;
    EXPECT_EQ(answer.at("id"), i + 1);
    EXPECT_EQ(answer.at("value"), values[i]);
    EXPECT_EQ(answer.at("worker"), worker);
    EXPECT_EQ(answer.at("attempts"), 1);
  }
}

TEST(Target, RecordsAnExecutionInTheFile) {
  std::string path = "/tmp/revenant-record-XXXXXX";
  ::close(::mkstemp(path.data()));
  TargetProcess target({"--workers", "1", "--spares", "0"});
  const pid_t worker = target.read_workers(1).front();
  target.send_task(1, "record", R"({"path":")" + path + R"(","key":"k7"})");
  EXPECT_EQ(target.read_answer().at("value"), "k7");
  std::ifstream file(path);
  std::string line;
  std::getline(file, line);
  EXPECT_EQ(line, "k7 " + std::to_string(worker));
  ::unlink(path.c_str());
}

TEST(Target, GivesUpATaskThatKillsEveryWorkerAndServesOn) {
  TargetProcess target({"--workers", "2", "--attempts", "3"});
  target.send_task(1, "die", R"({"signal":9})");
  const auto gave_up = target.read_answer();
  EXPECT_EQ(gave_up.at("type"), "failed") << gave_up;
  EXPECT_EQ(gave_up.at("attempts"), 3);
  EXPECT_NE(gave_up.at("reason").get<std::string>().find("gave up"), std::string::npos);
  target.send_task(2, "die", R"({"exit":0})");
  EXPECT_EQ(target.read_answer().at("type"), "failed");
  // SIGTERM is blocked in the main process; a worker must die of it all the same.
  target.send_task(3, "die", R"({"signal":15})");
  EXPECT_EQ(target.read_answer().at("type"), "failed");
  target.send_task(4, "echo", R"("still here")");
  EXPECT_EQ(target.read_answer().at("value"), "still here");
}

TEST(Target, KillsAWorkerThatHangsPastTheDeadline) {
  TargetProcess target({"--workers", "1", "--attempts", "1", "--deadline", "50"});
  target.send_task(1, "hang", "null");
  const auto answer = target.read_answer();
  EXPECT_EQ(answer.at("type"), "failed") << answer;
  target.send_task(2, "echo", R"("on")");
  EXPECT_EQ(target.read_answer().at("value"), "on");
}

TEST(Target, LosesNoTaskWhenItsWorkersAreKilledAndTellsWhoTheNewOnesAre) {
  TargetProcess target({"--workers", "2", "--spares", "1"});
  const auto before = target.read_workers(3);
  constexpr std::uint64_t kTasks = 200;
  for (std::uint64_t id = 0; id < kTasks; ++id) target.send_task(id, "sleep", "1");
  for (const pid_t worker : before) {
    const auto process = os::Process::open(worker);
    if (process) process->send_signal(SIGKILL);
  }
  std::set<std::uint64_t> done;
  while (done.size() < kTasks) {
    const auto answer = target.read_answer();
    EXPECT_EQ(answer.at("type"), "result") << answer;
    EXPECT_TRUE(done.insert(answer.at("id").get<std::uint64_t>()).second) << answer;
  }
  EXPECT_EQ(target.read_workers(3, before).size(), 3u);
}

TEST(Target, AnswersATaskThatItCannotDoAndPassesOverALineThatIsNone) {
  TargetProcess target({"--workers", "1"});
  target.send("hello\n");
  target.send("\n");
  target.send("{\"type\":\"task\",\"id\":1,\"op\":\"sort\",\"arg\":\"\"}\n");
  EXPECT_EQ(target.read_answer().at("id"), 1);
  target.send_task(2, "sleep", R"("long")");
  const auto refused = target.read_answer();
  EXPECT_EQ(refused.at("type"), "failed");
  EXPECT_EQ(refused.at("id"), 2);
  EXPECT_EQ(refused.at("reason"),
            "sleep needs a number of milliseconds from 0 to 86400000 as its"
            " arg, not \"long\"");
  target.send_task(3, "echo", std::string(100'000, '['));
  EXPECT_EQ(target.read_answer().at("id"), 3);
  target.send_task(4, "echo", R"("x")");
  EXPECT_EQ(target.read_answer().at("value"), "x");
  target.end_input();
  EXPECT_EQ(target.wait_exit(), 0);
  EXPECT_NE(target.errors().find("input line 1: "), std::string::npos) << target.errors();
  EXPECT_EQ(target.errors().find("input line 2: "), std::string::npos) << target.errors();
}

TEST(Target, SurvivesAFloodOfGarbageWithFewWordsAboutIt) {
  TargetProcess target({"--workers", "1"});
  std::string garbage;
  for (int i = 0; i < 20'000; ++i) garbage += "{\"garbage\":\xff\xfe" + std::to_string(i) + "\n";
  target.send(garbage);
  target.send_task(1, "echo", R"("x")");
  EXPECT_EQ(target.read_answer().at("value"), "x");
  target.end_input();
  EXPECT_EQ(target.wait_exit(), 0);
  EXPECT_LT(target.errors().size(), 32'768u);
}

TEST(Target, CarriesLargeArguments) {
  TargetProcess target({"--workers", "2"});
  for (const std::size_t bytes : {1'000'000u, 20'000'000u}) {
    const std::string text(bytes, 'x');
    target.send_task(bytes, "echo", '"' + text + '"');
    const auto answer = target.read_answer();
    EXPECT_EQ(answer.at("id"), bytes);
    EXPECT_TRUE(answer.at("value") == text) << "of " << bytes << " bytes";
  }
}

// A reader that takes nothing must stop the target's reading, not make it grow.
TEST(Target, StopsReadingWhileItsOutputIsNotTaken) {
  TargetProcess target({"--workers", "2", "--queue", "100"});
  static_cast<void>(target.read_workers(3));
  const std::string arg = '"' + std::string(20'000, 'x') + '"';
  std::string lines;
  constexpr std::uint64_t kTasks = 2000;  // 40 MB in, as many out
  for (std::uint64_t id = 0; id < kTasks; ++id) {
    lines +=
        R"({"type":"task","op":"echo","id":)" + std::to_string(id) + R"(,"arg":)" + arg + "}\n";
  }
  std::atomic<std::size_t> sent = 0;
  std::thread sender([&target, &lines, &sent] {
    for (; sent < lines.size(); sent += 10'000) target.send(lines.substr(sent, 10'000));
  });
  // It has stopped when it sleeps and has not been woken for a while.
  const pid_t pid = target.process().pid();
  for (auto before = os::read_context_switches(pid);; before = os::read_context_switches(pid)) {
    std::this_thread::sleep_for(std::chrono::milliseconds(300));
    if (os::read_context_switches(pid) == before && os::read_proc_stat(pid)->state == 'S') break;
  }
  // What it holds: the queue, a megabyte of output, its buffers and the pipes.
  EXPECT_LT(sent, 8'000'000u);
  for (std::uint64_t done = 0; done < kTasks; ++done) {
    EXPECT_EQ(target.read_answer().at("type"), "result");
  }
  sender.join();
}

TEST(Target, TakesMoreTasksThanItsQueueHolds) {
  TargetProcess target({"--workers", "2", "--queue", "3"});
  constexpr std::uint64_t kTasks = 500;
  std::set<std::uint64_t> done;
  std::thread sender([&target] {
    for (std::uint64_t id = 0; id < kTasks; ++id) target.send_task(id, "echo", R"("x")");
    target.end_input();
  });
  while (done.size() < kTasks) done.insert(target.read_answer().at("id").get<std::uint64_t>());
  sender.join();
  EXPECT_EQ(target.wait_exit(), 0) << target.errors();
}

TEST(Target, FinishesWhatIsOpenAtTheEndOfItsInput) {
  TargetProcess target({"--workers", "2"});
  for (std::uint64_t id = 0; id < 10; ++id) target.send_task(id, "sleep", "20");
  target.send(R"({"type":"task","id":10,"op":"echo","arg":"no line break"})");
  target.end_input();
  std::set<std::uint64_t> done;
  while (done.size() < 11) done.insert(target.read_answer().at("id").get<std::uint64_t>());
  EXPECT_EQ(target.wait_exit(), 0) << target.errors();
}

TEST(Target, LeavesNoProcessBehindAtItsEnd) {
  TargetProcess target({"--workers", "2"});
  std::vector<os::Process> workers;
  for (const pid_t worker : target.read_workers(3)) workers.push_back(*os::Process::open(worker));
  target.end_input();
  EXPECT_EQ(target.wait_exit(), 0) << target.errors();
  for (const auto& worker : workers) EXPECT_TRUE(worker.has_ended());
}

TEST(Target, EndsAtSigtermWhenWhatIsOpenIsDone) {
  TargetProcess target({"--workers", "1"});
  static_cast<void>(target.read_workers(1));
  target.send_task(1, "echo", R"("first")");
  EXPECT_EQ(target.read_answer().at("value"), "first");
  target.send_task(2, "sleep", "300");
  target.send_task(3, "echo", R"("third")");
  target.wait_input_taken();
  target.process().send_signal(SIGTERM);
  EXPECT_EQ(target.read_answer().at("id"), 2);
  EXPECT_EQ(target.read_answer().at("id"), 3);
  EXPECT_EQ(target.wait_exit(), 0) << target.errors();
}

TEST(Target, AnswersWhatItCancelsWhenToldTwiceToEnd) {
  TargetProcess target({"--workers", "1"});
  static_cast<void>(target.read_workers(1));
  target.send_task(1, "hang", "null");
  target.send_task(2, "echo", R"("x")");
  target.wait_input_taken();
  target.process().send_signal(SIGTERM);
  target.process().send_signal(SIGINT);  // another one, as two pending of one kind are one
  EXPECT_EQ(target.read_answer().at("type"), "failed");
  EXPECT_EQ(target.read_answer().at("type"), "failed");
  EXPECT_EQ(target.wait_exit(), 0) << target.errors();
}

TEST(Target, EndsAtOnceWhenNobodyReadsItsOutput) {
  TargetProcess target({"--workers", "1"});
  std::vector<os::Process> workers;
  for (const pid_t worker : target.read_workers(1)) workers.push_back(*os::Process::open(worker));
  target.close_output();
  EXPECT_EQ(target.wait_exit(), 1);
  EXPECT_NE(target.errors().find("nobody reads the output"), std::string::npos) << target.errors();
  for (const auto& worker : workers) EXPECT_TRUE(worker.has_ended());
}

TEST(Target, AnswersEveryTaskWhenThePoolStopsItself) {
  TargetOptions options;
  options.pool.workers = 1;
  options.pool.attempts_max = 1000;
  options.pool.restarts_max = 10;
  options.pool.restart_period = std::chrono::hours(1);
  TargetProcess target(options);
  for (std::uint64_t id = 0; id < 20; ++id) target.send_task(id, "die", R"({"signal":9})");
  for (int i = 0; i < 20; ++i) EXPECT_EQ(target.read_answer().at("type"), "failed");
  EXPECT_EQ(target.wait_exit(), 1);
  EXPECT_NE(target.errors().find("stopped itself"), std::string::npos) << target.errors();
}

TEST(Target, HoldsTheProtocolsPipesInItsMainProcessOnly) {
  TargetProcess target({"--workers", "2", "--spares", "0"});
  const auto pipe_of = [](pid_t pid, int fd) {
    const auto link = "/proc/" + std::to_string(pid) + "/fd/" + std::to_string(fd);
    return std::filesystem::read_symlink(link).string();
  };
  const auto workers = target.read_workers(2);
  const std::string input = pipe_of(target.process().pid(), 0);
  const std::string output = pipe_of(target.process().pid(), 1);
  for (const pid_t worker : workers) {
    for (const auto& entry :
         std::filesystem::directory_iterator("/proc/" + std::to_string(worker) + "/fd")) {
      const auto held = std::filesystem::read_symlink(entry.path()).string();
      EXPECT_NE(held, input);
      EXPECT_NE(held, output);
    }
  }
}

TEST(Target, SaysWhatIsWrongWithAnOptionAndExitsWithThree) {
  const std::vector<std::vector<std::string>> wrong = {
      {"--workers", "0"},  {"--workers", "x"},   {"--spares", "-1"},
      {"--attempts", "0"}, {"--deadline", "-5"}, {"--queue", "0"},
      {"--frobnicate"},    {"argument"},         {"--workers", "2000", "--spares", "2000"}};
  for (const auto& arguments : wrong) {
    TargetProcess target(arguments);
    EXPECT_EQ(target.wait_exit(), 3) << arguments.front();
    const std::string name = arguments.front().substr(arguments.front().find_first_not_of('-'));
    EXPECT_NE(target.errors().find(name), std::string::npos) << target.errors();
  }
}

TEST(Target, ExplainsItself) {
  TargetProcess target({"--help"});
  EXPECT_EQ(target.wait_exit(), 0);
  EXPECT_NE(target.read_line().find("The pool as a target"), std::string::npos);
}

}  // namespace
}  // namespace revenant::target
