#include "chaos/src/workload.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "chaos/src/crc32.h"
#include "chaos/src/digest.h"
#include "chaos/src/json_string.h"
#include "chaos/src/option_text.h"
#include "chaos/src/payload.h"
#include "chaos/src/protocol_task.h"

namespace revenant::chaos {
namespace {

constexpr std::size_t kLineBytesMax = std::size_t{1} << 20;
constexpr std::size_t kBytesPerEscape = 6;  // \u00e9
constexpr std::size_t kLineFrameBytes = 4096;

constexpr std::array kMix = {Operation::echo, Operation::crc32, Operation::sleep, Operation::spin};

std::vector<Operation> operations_of(Operation operation) {
  if (operation == Operation::mix) return {kMix.begin(), kMix.end()};
  return {operation};
}

bool announces(const std::vector<std::string>& announced, Operation operation) {
  return std::find(announced.begin(), announced.end(), to_string(operation)) != announced.end();
}

}  // namespace

Workload::Workload(const RunOptions& options, std::string record_path)
    : random_(options.seed, RandomStream::workload),
      operations_(operations_of(options.operation)),
      payload_(options.payload),
      milliseconds_(static_cast<std::uint64_t>(options.operation_time.count())),
      record_path_(std::move(record_path)) {}

std::optional<std::string_view> Workload::restrict_to(const std::vector<std::string>& announced) {
  std::vector<Operation> there;
  for (const Operation operation : operations_) {
    if (announces(announced, operation)) there.push_back(operation);
  }
  if (there.empty()) return to_string(operations_.front());
  operations_ = std::move(there);
  return std::nullopt;
}

Workload::Task Workload::draw(std::uint64_t id, std::string& out) {
  const Operation operation = operations_.size() == 1
                                  ? operations_.front()
                                  : operations_[random_.below(operations_.size())];
  switch (operation) {
    case Operation::echo:
    case Operation::crc32:
      return draw_text(operation, id, out);
    case Operation::sleep:
    case Operation::spin:
      return draw_time(operation, id, out);
    case Operation::record:
      return draw_record(id, out);
    case Operation::die:
      return draw_death(id, out);
    case Operation::hang:
      append_task(out, id, "hang", "null");
      return {"hang", std::nullopt};
    case Operation::mix:
      break;  // never among operations_: it stands for the first four
  }
  return {};
}

Workload::Task Workload::draw_text(Operation operation, std::uint64_t id, std::string& out) {
  draw_payload(random_, random_.between(payload_.min, payload_.max), text_);
  argument_.clear();
  append_json_string(argument_, text_);
  append_task(out, id, to_string(operation), argument_);
  if (operation == Operation::echo) return {"echo", digest_of_string(text_)};
  return {"crc32", digest_of_number(crc32(text_))};
}

Workload::Task Workload::draw_time(Operation operation, std::uint64_t id, std::string& out) {
  append_task(out, id, to_string(operation), fmt::format_int(milliseconds_).c_str());
  return {to_string(operation), digest_of_number(milliseconds_)};
}

Workload::Task Workload::draw_record(std::uint64_t id, std::string& out) {
  const std::string key = fmt::format("task-{}", id);
  argument_ = "{\"path\":";
  append_json_string(argument_, record_path_);
  argument_ += fmt::format(",\"key\":\"{}\"}}", key);
  append_task(out, id, "record", argument_);
  return {"record", digest_of_string(key)};
}

// No SIGKILL among the ways: the harness could not tell it from the out-of-memory killer's.
Workload::Task Workload::draw_death(std::uint64_t id, std::string& out) {
  constexpr std::array<std::string_view, 5> kWays = {
      R"({"signal":11})", R"({"signal":6})", R"({"signal":15})", R"({"exit":0})", R"({"exit":1})",
  };
  append_task(out, id, "die", kWays[random_.below(kWays.size())]);
  return {"die", std::nullopt};
}

std::chrono::nanoseconds task_time(const RunOptions& options) noexcept {
  switch (options.operation) {
    case Operation::sleep:
    case Operation::spin:
    case Operation::mix:
      return options.operation_time;
    case Operation::echo:
    case Operation::crc32:
    case Operation::record:
    case Operation::die:
    case Operation::hang:
      break;
  }
  return std::chrono::nanoseconds(0);
}

std::size_t line_bytes_max(const RunOptions& options) noexcept {
  const bool echoes = options.operation == Operation::echo || options.operation == Operation::mix;
  if (!echoes) return kLineBytesMax;
  return std::max(kLineBytesMax, options.payload.max * kBytesPerEscape + kLineFrameBytes);
}

}  // namespace revenant::chaos
