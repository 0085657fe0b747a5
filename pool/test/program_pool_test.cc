// `revenant pool --exec`: the pool's promises, where a program carries the tasks out.
#include <gtest/gtest.h>
#include <stdlib.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "pool/os/proc.h"
#include "pool/os/process.h"
#include "pool/test/target_process.h"

namespace revenant::target {
namespace {

using nlohmann::json;

std::vector<std::string> with_worker(std::vector<std::string> options) {
  options.insert(options.end(),
                 {"--ops", "echo,hang,leave,big,refuse,at-end,stay", "--exec", PROGRAM_WORKER});
  return options;
}

void kill_and_wait(pid_t pid) {
  const auto process = os::Process::open(pid);
  if (!process) return;
  process->send_signal(SIGKILL);
  ASSERT_TRUE(process->wait_ended(30'000));
}

// A file that does not exist yet, and goes with the test.
class Mark {
 public:
  Mark() {
    ::close(::mkstemp(path_.data()));
    ::unlink(path_.c_str());
  }
  ~Mark() { ::unlink(path_.c_str()); }
  [[nodiscard]] std::string json_text() const { return '"' + path_ + '"'; }

  [[nodiscard]] std::ptrdiff_t lines() const {
    std::ifstream file(path_);
    return std::count(std::istreambuf_iterator<char>(file), {}, '\n');
  }
  // Waits until it has so many lines.
  void wait_for(int lines) const {
    for (int tries = 0; tries < 30'000; ++tries) {
      if (this->lines() >= lines) return;
      ::usleep(1000);
    }
    FAIL() << "waited for " << lines << " lines in " << path_;
  }

 private:
  std::string path_ = "/tmp/revenant-mark-XXXXXX";
};

TEST(ProgramPool, NamesTheProgramAsTheWorkerAndHandsItsAnswersOn) {
  TargetProcess target(with_worker({"--workers", "1", "--spares", "0"}));
  const pid_t worker = target.read_workers(1).front();
  EXPECT_NE(os::read_command_line(worker).find("program_worker.sh"), std::string::npos);
  target.send_task(1, "echo", R"({"deep":["h\u00e9llo",1.5e3,null]})");
  target.send_task(2, "refuse", "0");
  const auto done = target.read_answer();
  EXPECT_EQ(done.at("type"), "result") << done;
  EXPECT_EQ(done.at("value"), json::parse(R"({"deep":["h\u00e9llo",1500,null]})"));
  EXPECT_EQ(done.at("worker"), worker);
  const auto refused = target.read_answer();
  EXPECT_EQ(refused.at("type"), "failed") << refused;
  EXPECT_EQ(refused.at("reason"), "not today");
  target.end_input();
  EXPECT_EQ(target.wait_exit(), 0) << target.errors();
}

TEST(ProgramPool, LosesNoTaskWhicheverProcessDies) {
  TargetProcess target(with_worker({"--workers", "2", "--spares", "1", "--attempts", "100"}));
  auto workers = target.read_workers(3);
  constexpr std::uint64_t kTasks = 6000;
  std::set<std::uint64_t> done;
  std::uint64_t sent = 0;
  int kills = 0;
  while (done.size() < kTasks) {
    for (; sent < kTasks && sent < done.size() + 300; ++sent) {
      target.send_task(sent, "echo", std::to_string(sent));
    }
    const auto answer = target.read_answer();
    EXPECT_EQ(answer.at("type"), "result") << answer;
    EXPECT_EQ(answer.at("value"), answer.at("id"));
    EXPECT_TRUE(done.insert(answer.at("id").get<std::uint64_t>()).second) << answer;
    if (done.size() % 300 != 150 || kills == 18) continue;
    // In turn the program that answered, and the process that relays for it.
    const auto program = answer.at("worker").get<pid_t>();
    const auto facts = os::read_proc_stat(program);
    if (!facts || facts->parent_pid <= 1) continue;
    const auto victim = os::Process::open(++kills % 2 == 0 ? program : facts->parent_pid);
    if (victim) victim->send_signal(SIGKILL);
  }
  EXPECT_EQ(kills, 18);
  target.end_input();
  EXPECT_EQ(target.wait_exit(), 0) << target.errors();
}

TEST(ProgramPool, BlamesTheRunningTaskAloneThoughOthersTravelledWithIt) {
  const Mark mark;
  TargetProcess target(with_worker({"--workers", "1", "--spares", "0", "--attempts", "2"}));
  const pid_t first = target.read_workers(1).front();
  // Quick ones first: from here on bundles are large.
  std::string tasks;
  const auto task = [](std::uint64_t id, const char* op, const std::string& arg) {
    return json{{"type", "task"}, {"id", id}, {"op", op}, {"arg", json::parse(arg)}}.dump() + "\n";
  };
  for (std::uint64_t id = 0; id < 500; ++id) tasks += task(id, "echo", "1");
  target.send(tasks);
  for (int i = 0; i < 500; ++i) EXPECT_EQ(target.read_answer().at("attempts"), 1);
  tasks.clear();
  for (std::uint64_t id = 500; id < 520; ++id) tasks += task(id, "echo", "1");
  tasks += task(600, "hang", mark.json_text());
  for (std::uint64_t id = 520; id < 540; ++id) tasks += task(id, "echo", "1");
  target.send(tasks);
  mark.wait_for(1);
  kill_and_wait(first);
  int innocents = 0;
  const auto take_innocent = [&](const json& answer) {
    ++innocents;
    EXPECT_EQ(answer.at("type"), "result") << answer;
    EXPECT_EQ(answer.at("attempts"), 1) << answer;
  };
  // It is given again, alone; what travelled with it waits for nobody but its worker.
  mark.wait_for(2);
  pid_t second = first;
  for (json answer; innocents < 20;) take_innocent(target.read_answer());
  target.send_task(700, "echo", "1");
  for (const pid_t worker : target.read_workers(1, {first})) second = worker;
  kill_and_wait(second);
  for (bool gave_up = false; !gave_up || innocents < 41;) {
    const auto answer = target.read_answer();
    if (answer.at("id") != 600) {
      take_innocent(answer);
      continue;
    }
    gave_up = true;
    EXPECT_EQ(answer.at("type"), "failed") << answer;
    EXPECT_EQ(answer.at("attempts"), 2);
  }
}

TEST(ProgramPool, ReplacesAProgramThatDiesWithNothingToDoAndBlamesNobody) {
  TargetProcess target(with_worker({"--workers", "1", "--spares", "0", "--attempts", "1"}));
  const pid_t first = target.read_workers(1).front();
  kill_and_wait(first);
  const pid_t second = target.read_workers(1, {first}).front();
  target.send_task(1, "echo", "1");
  const auto answer = target.read_answer();
  EXPECT_EQ(answer.at("type"), "result") << answer;
  EXPECT_EQ(answer.at("worker"), second);
}

TEST(ProgramPool, GivesUpATaskUnderWhichEveryProgramLeaves) {
  TargetProcess target(with_worker({"--workers", "2", "--attempts", "3"}));
  target.send_task(1, "leave", "0");
  const auto gave_up = target.read_answer();
  EXPECT_EQ(gave_up.at("type"), "failed") << gave_up;
  EXPECT_EQ(gave_up.at("attempts"), 3);
  target.send_task(2, "echo", "1");
  EXPECT_EQ(target.read_answer().at("type"), "result");
}

TEST(ProgramPool, KillsAProgramThatRunsPastTheDeadline) {
  const Mark mark;
  TargetProcess target(with_worker({"--workers", "1", "--attempts", "1", "--deadline", "100"}));
  target.send_task(1, "hang", mark.json_text());
  const auto answer = target.read_answer();
  EXPECT_EQ(answer.at("type"), "failed") << answer;
  EXPECT_NE(answer.at("reason").get<std::string>().find("deadline"), std::string::npos) << answer;
  target.send_task(2, "echo", "1");
  EXPECT_EQ(target.read_answer().at("type"), "result");
}

TEST(ProgramPool, CarriesWhatTheJournalAndTheSocketHaveNoRoomFor) {
  TargetProcess target(with_worker({"--workers", "1", "--spares", "0"}));
  // Small ones, so that what follows travels together.
  for (std::uint64_t id = 0; id < 200; ++id) target.send_task(id, "echo", "1");
  for (int i = 0; i < 200; ++i) static_cast<void>(target.read_answer());
  std::string tasks;
  for (std::uint64_t id = 300; id < 320; ++id) {
    tasks += R"({"type":"task","id":)" + std::to_string(id) + R"(,"op":"big","arg":0})" + "\n";
  }
  tasks += R"({"type":"task","id":400,"op":"echo","arg":")" + std::string(1'000'000, 'x') + "\"}\n";
  // The answers have to be read meanwhile: a pool that can't write them takes no more tasks.
  std::thread sender([&] { target.send(tasks); });
  for (int i = 0; i < 21; ++i) {
    const auto answer = target.read_answer();
    EXPECT_EQ(answer.at("type"), "result");
    EXPECT_EQ(answer.value("value", "").size(), answer.at("id") == 400 ? 1'000'000u : 100'000u);
  }
  sender.join();
}

TEST(ProgramPool, TellsAProgramThatItIsLetGoAndWaitsForIt) {
  const Mark mark;
  TargetProcess target(with_worker({"--workers", "1", "--spares", "0"}));
  target.send_task(1, "at-end", mark.json_text());
  EXPECT_EQ(target.read_answer().at("type"), "result");
  target.end_input();
  EXPECT_EQ(target.wait_exit(), 0) << target.errors();
  EXPECT_EQ(mark.lines(), 1);
}

TEST(ProgramPool, TellsAProgramOfItsEndBySigtermToo) {
  const Mark mark;
  TargetProcess target(with_worker({"--workers", "1", "--spares", "0"}));
  target.send_task(1, "at-end", mark.json_text());
  EXPECT_EQ(target.read_answer().at("type"), "result");
  target.process().send_signal(SIGTERM);
  EXPECT_EQ(target.wait_exit(), 0) << target.errors();
  EXPECT_EQ(mark.lines(), 1);
}

TEST(ProgramPool, KillsAProgramThatStaysAfterItWasLetGo) {
  TargetProcess target(with_worker({"--workers", "1", "--spares", "0", "--leave-timeout", "50"}));
  const auto program = os::Process::open(target.read_workers(1).front());
  target.send_task(1, "stay", "0");
  EXPECT_EQ(target.read_answer().at("type"), "result");
  target.end_input();
  EXPECT_EQ(target.wait_exit(), 0) << target.errors();
  EXPECT_TRUE(program.value().wait_ended(30'000));
}

TEST(ProgramPool, LeavesNoProgramBehindWhenItsMainProcessIsKilled) {
  TargetProcess target(with_worker({"--workers", "2", "--spares", "1"}));
  std::vector<os::Process> programs;
  for (const pid_t worker : target.read_workers(3)) {
    programs.push_back(os::Process::open(worker).value());
  }
  target.process().send_signal(SIGKILL);
  for (const auto& program : programs) EXPECT_TRUE(program.wait_ended(30'000));
}

TEST(ProgramPool, StopsItselfWhereItsProgramsDoNothingButDie) {
  TargetProcess leaves({"--workers", "1", "--spares", "0", "--restarts", "20", "--exec", "true"});
  EXPECT_EQ(leaves.wait_exit(), 1);
  EXPECT_NE(leaves.errors().find("has stopped itself"), std::string::npos) << leaves.errors();
}

TEST(ProgramPool, RefusesWhatItCannotStart) {
  const std::vector<std::vector<std::string>> wrong = {{"--exec"},
                                                       {"--exec", "no-such-program-anywhere"},
                                                       {"--exec", "/etc/passwd"},
                                                       {"--ops", "a b", "--exec", "cat"},
                                                       {"--ops", "echo"},
                                                       {"--says-ready"}};
  for (const auto& arguments : wrong) {
    TargetProcess target(arguments);
    EXPECT_EQ(target.wait_exit(), 3) << arguments.back();
    EXPECT_NE(target.errors().find(arguments.front()), std::string::npos) << target.errors();
  }
}

TEST(ProgramPool, LeavesTheProgramNoDescriptorButItsChannel) {
  TargetProcess target(with_worker({"--workers", "1", "--spares", "0"}));
  const pid_t worker = target.read_workers(1).front();
  // By then the shell has put its script where it keeps it.
  target.send_task(1, "echo", "1");
  EXPECT_EQ(target.read_answer().at("type"), "result");
  std::set<std::string> names;
  const auto folder = "/proc/" + std::to_string(worker) + "/fd";
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    const std::string name = entry.path().filename();
    // The shell keeps its script open at 10 or above.
    if (std::stoi(name) < 10) names.insert(name);
  }
  EXPECT_EQ(names, (std::set<std::string>{"0", "1", "2", "3"}));
}

}  // namespace
}  // namespace revenant::target
