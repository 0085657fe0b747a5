#include "chaos/src/protocol_message.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "chaos/src/digest.h"
#include "chaos/src/protocol_lines.h"

namespace revenant::chaos {
namespace {

using nlohmann::json;

// A line that is JSON, or is not, but no message: the reason goes into the history.
struct NotAMessage {
  std::string why;
};

constexpr std::uint64_t kPidMax = 1U << 30;
constexpr std::uint64_t kAttemptsMax = 1U << 30;
constexpr std::size_t kNameBytesMax = 200;
constexpr std::size_t kReasonBytesMax = 1000;

json parse_shallow(std::string_view line) {
  const auto limit_depth = [](int depth, json::parse_event_t event, json&) {
    if (event == json::parse_event_t::object_start || event == json::parse_event_t::array_start) {
      if (depth >= kDepthMax) {
        throw NotAMessage{fmt::format("nested deeper than {} levels", kDepthMax)};
      }
    }
    return true;
  };
  try {
    return json::parse(line, limit_depth);
  } catch (const json::exception& error) {
    // The library's text quotes the line; what matters is where it went wrong.
    const auto* const parse = dynamic_cast<const json::parse_error*>(&error);
    throw NotAMessage{parse != nullptr ? fmt::format("not JSON at byte {}", parse->byte)
                                       : std::string("a number that JSON readers cannot hold")};
  }
}

// An unsigned integer, also where a writer that knows only floating point gives it as 17.0.
std::optional<std::uint64_t> whole_number(const json& value) {
  if (value.is_number_unsigned()) return value.get<std::uint64_t>();
  if (!value.is_number_float()) return std::nullopt;
  const auto number = value.get<double>();
  if (number < 0 || number > static_cast<double>(kTaskIdMax)) return std::nullopt;
  const auto whole = static_cast<std::uint64_t>(number);
  if (static_cast<double>(whole) != number) return std::nullopt;
  return whole;
}

std::uint64_t required_id(const json& message) {
  const auto found = message.find("id");
  if (found == message.end()) throw NotAMessage{"\"id\" is missing"};
  const auto id = whole_number(*found);
  if (!id || *id > kTaskIdMax) throw NotAMessage{"\"id\" is not a whole number below 2^53"};
  return *id;
}

template <typename Outcome>
void read_optional_fields(const json& message, Outcome& outcome) {
  if (const auto found = message.find("worker"); found != message.end() && !found->is_null()) {
    const auto pid = whole_number(*found);
    if (!pid || *pid == 0 || *pid > kPidMax) throw NotAMessage{"\"worker\" is not a process id"};
    outcome.worker = static_cast<pid_t>(*pid);
  }
  if (const auto found = message.find("attempts"); found != message.end() && !found->is_null()) {
    const auto attempts = whole_number(*found);
    if (!attempts || *attempts > kAttemptsMax) throw NotAMessage{"\"attempts\" is not a count"};
    outcome.attempts = static_cast<unsigned>(*attempts);
  }
}

Digest digest_of(const json& value) {
  if (value.is_string()) return digest_of_string(value.get_ref<const std::string&>());
  if (const auto number = whole_number(value)) return digest_of_number(*number);
  return digest_of_json(value.dump());
}

std::string short_text(const json& message, const char* key, std::size_t bytes_max) {
  const auto found = message.find(key);
  if (found == message.end() || !found->is_string()) return {};
  std::string text = found->get<std::string>();
  if (text.size() <= bytes_max) return text;
  // Not in the middle of a character.
  std::size_t cut = bytes_max;
  while (cut > 0 && (static_cast<unsigned char>(text[cut]) & 0xc0) == 0x80) --cut;
  text.resize(cut);
  return text;
}

ReadyMessage read_ready(const json& message) {
  ReadyMessage ready;
  ready.name = short_text(message, "name", kNameBytesMax);
  ready.version = short_text(message, "version", kNameBytesMax);
  if (const auto found = message.find("workers"); found != message.end() && !found->is_null()) {
    if (!found->is_array()) throw NotAMessage{"\"workers\" of ready is not a list of process ids"};
    auto& workers = ready.workers.emplace();
    for (const json& entry : *found) {
      const auto pid = whole_number(entry);
      if (!pid || *pid == 0 || *pid > kPidMax) {
        throw NotAMessage{"\"workers\" of ready is not a list of process ids"};
      }
      workers.push_back(static_cast<pid_t>(*pid));
    }
  }
  if (const auto found = message.find("ops"); found != message.end() && !found->is_null()) {
    if (!found->is_array()) throw NotAMessage{"\"ops\" of ready is not a list of names"};
    auto& operations = ready.operations.emplace();
    for (const json& entry : *found) {
      if (!entry.is_string()) throw NotAMessage{"\"ops\" of ready is not a list of names"};
      operations.push_back(entry.get<std::string>());
    }
  }
  return ready;
}

Message read_message(std::string_view line) {
  const json message = parse_shallow(line);
  if (!message.is_object()) throw NotAMessage{"not a JSON object"};
  const auto type = message.find("type");
  if (type == message.end() || !type->is_string()) throw NotAMessage{"\"type\" is missing"};
  if (*type == "result") {
    TaskResult result;
    result.id = required_id(message);
    const auto value = message.find("value");
    if (value == message.end()) throw NotAMessage{"\"value\" of a result is missing"};
    result.value = digest_of(*value);
    read_optional_fields(message, result);
    return result;
  }
  if (*type == "failed") {
    TaskFailed failed;
    failed.id = required_id(message);
    failed.reason = short_text(message, "reason", kReasonBytesMax);
    read_optional_fields(message, failed);
    return failed;
  }
  if (*type == "ready") return read_ready(message);
  throw NotAMessage{
      fmt::format("a target has no message of type \"{}\"", sample_of(type->get<std::string>()))};
}

}  // namespace

Message parse_any_message(std::string_view line) {
  try {
    return read_message(line);
  } catch (NotAMessage& reason) {
    return UnreadableMessage{std::move(reason.why)};
  }
}

Message parse_message(std::string_view line) {
  TaskResult result;
  if (parse_common_result(line, result)) return result;
  return parse_any_message(line);
}

std::string sample_of(std::string_view line) {
  std::string sample;
  for (const char c : line.substr(0, ProtocolLines::kSampleBytes)) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte == 0x7f) {
      sample += "\xef\xbf\xbd";
    } else {
      sample += c;
    }
  }
  return sample;
}

}  // namespace revenant::chaos
