#include "chaos/test/targets/work.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <time.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <thread>

namespace revenant::chaos::targets {
namespace {

using Json = nlohmann::json;

std::uint32_t crc32(const std::string& text) {
  std::uint32_t crc = 0xffffffff;
  for (const char c : text) {
    crc ^= static_cast<unsigned char>(c);
    for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1) ^ ((crc & 1) != 0 ? 0xedb88320 : 0);
  }
  return ~crc;
}

std::uint64_t cpu_ns() {
  timespec now{};
  ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<std::uint64_t>(now.tv_sec) * 1'000'000'000 +
         static_cast<std::uint64_t>(now.tv_nsec);
}

[[noreturn]] void die(const Json& arg) {
  if (arg.contains("exit")) std::_Exit(arg.at("exit").get<int>());
  ::raise(arg.at("signal").get<int>());
  std::_Exit(2);
}

// One write with O_APPEND: the line is there or is not.
Json record(const Json& arg) {
  const std::string key = arg.at("key").get<std::string>();
  const std::string line = fmt::format("{} {}\n", key, ::getpid());
  const int file = ::open(arg.at("path").get<std::string>().c_str(),
                          O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0644);
  if (file < 0 || ::write(file, line.data(), line.size()) < 0) std::_Exit(2);
  ::close(file);
  return key;
}

Json value_of(const std::string& op, Json arg, bool spoil) {
  if (spoil) arg = arg.is_string() ? Json(arg.get<std::string>() + "?") : Json(0);
  if (op == "echo") return arg;
  if (op == "crc32") return crc32(arg.get<std::string>());
  if (op == "die") die(arg);
  if (op == "record") return record(arg);
  const auto ms = arg.get<std::uint64_t>();
  if (op == "sleep") {
    std::this_thread::sleep_for(std::chrono::milliseconds(ms));
  } else {
    for (const std::uint64_t until = cpu_ns() + ms * 1'000'000; cpu_ns() < until;) {
    }
  }
  return arg;
}

}  // namespace

Task read_task(const std::string& line) {
  return {.id = Json::parse(line).at("id").get<std::uint64_t>(), .line = line};
}

std::string do_task(const Task& task, bool spoil) {
  const Json json = Json::parse(task.line);
  const Json value = value_of(json.at("op").get<std::string>(), json.at("arg"), spoil);
  return fmt::format(R"({{"type":"result","id":{},"value":{},"worker":{},"attempts":{}}})"
                     "\n",
                     task.id, value.dump(), ::getpid(), task.attempts);
}

std::string undone_line(const Task& task) {
  return fmt::format(R"({{"type":"result","id":{},"value":"task-{}"}})"
                     "\n",
                     task.id, task.id);
}

std::string failed_line(const Task& task, std::optional<pid_t> worker) {
  return fmt::format(R"({{"type":"failed","id":{},"reason":"its worker died"{}}})"
                     "\n",
                     task.id, worker ? fmt::format(R"(,"worker":{})", *worker) : "");
}

}  // namespace revenant::chaos::targets
