#include "pool/target/argument.h"

#include <simdjson.h>

#include <csignal>
#include <stdexcept>

namespace revenant::target {
namespace {

using simdjson::ondemand::value;

constexpr double kMillisecondsMax = 24.0 * 3600 * 1000;
constexpr std::size_t kArgumentShownMax = 60;

// One parser a worker: workers have one thread.
simdjson::ondemand::parser& parser() {
  static simdjson::ondemand::parser instance;
  return instance;
}

bool read_number(value field, std::int64_t low, std::int64_t high, int& number) {
  std::int64_t read = 0;
  if (field.get_int64().get(read) != simdjson::SUCCESS || read < low || read > high) return false;
  number = static_cast<int>(read);
  return true;
}

bool read_text(value field, std::string& text) {
  std::string_view read;
  if (field.get_string().get(read) != simdjson::SUCCESS) return false;
  text = read;
  return true;
}

// The key of a record may be a string or an integer: `text` is what stands in the file.
bool read_key(value field, Argument::Record& record) {
  std::string_view json = field.raw_json_token();
  while (!json.empty() && std::string_view(" \t\r\n").find(json.back()) != json.npos) {
    json.remove_suffix(1);
  }
  record.key_json = json;
  if (json.starts_with('"')) {
    return read_text(field, record.key) && record.key.find('\n') == std::string::npos;
  }
  std::int64_t number = 0;
  if (field.get_int64().get(number) != simdjson::SUCCESS) return false;
  record.key = std::to_string(number);
  return true;
}

}  // namespace

void Argument::refuse(std::string_view wanted) const {
  std::string message(operation_);
  message.append(" needs ").append(wanted).append(" as its arg, not ");
  if (json_.empty()) {
    message.append("none");
  } else if (json_.size() <= kArgumentShownMax) {
    message.append(json_);
  } else {
    message.append("one of ").append(std::to_string(json_.size())).append(" bytes that begins ");
    message.append(json_.substr(0, kArgumentShownMax));
  }
  throw std::invalid_argument(message);
}

std::string_view Argument::string() {
  if (!json_.starts_with('"')) refuse("a string");
  // The main process has seen that the line is well-formed up to its strings' escapes.
  const std::string_view inner = json_.substr(1, json_.size() - 2);
  if (inner.find('\\') == inner.npos) return inner;
  const simdjson::padded_string padded(json_);
  simdjson::ondemand::document document;
  std::string_view read;
  if (parser().iterate(padded).get(document) != simdjson::SUCCESS ||
      document.get_string().get(read) != simdjson::SUCCESS) {
    refuse("a string with valid escapes");
  }
  unescaped_ = read;
  return unescaped_;
}

double Argument::milliseconds() {
  const simdjson::padded_string padded(json_);
  simdjson::ondemand::document document;
  double number = -1;
  if (parser().iterate(padded).get(document) != simdjson::SUCCESS ||
      document.get_double().get(number) != simdjson::SUCCESS || !(number >= 0) ||
      number > kMillisecondsMax) {
    refuse("a number of milliseconds from 0 to 86400000");
  }
  return number;
}

Argument::Record Argument::record() {
  const std::string_view wanted = R"({"path":a string,"key":a string of one line or an integer})";
  const simdjson::padded_string padded(json_);
  simdjson::ondemand::document document;
  simdjson::ondemand::object object;
  Record record;
  if (parser().iterate(padded).get(document) != simdjson::SUCCESS ||
      document.get_object().get(object) != simdjson::SUCCESS) {
    refuse(wanted);
  }
  bool has_path = false;
  bool has_key = false;
  for (auto field : object) {
    std::string_view key;
    if (field.error() != simdjson::SUCCESS || field.unescaped_key().get(key)) refuse(wanted);
    if (key == "path") {
      has_path = read_text(field.value(), record.path);
    } else if (key == "key") {
      has_key = read_key(field.value(), record);
    }
  }
  if (!has_path || !has_key) refuse(wanted);
  return record;
}

Argument::Death Argument::death() {
  const std::string_view wanted = R"({"signal":1 to 64} or {"exit":0 to 255})";
  const simdjson::padded_string padded(json_);
  simdjson::ondemand::document document;
  simdjson::ondemand::object object;
  Death death;
  if (parser().iterate(padded).get(document) != simdjson::SUCCESS ||
      document.get_object().get(object) != simdjson::SUCCESS) {
    refuse(wanted);
  }
  bool known = false;
  for (auto field : object) {
    std::string_view key;
    if (field.error() != simdjson::SUCCESS || field.unescaped_key().get(key)) refuse(wanted);
    if (key == "signal") {
      death.by_signal = true;
      known = read_number(field.value(), 1, SIGRTMAX, death.number);
    } else if (key == "exit") {
      death.by_signal = false;
      known = read_number(field.value(), 0, 255, death.number);
    }
  }
  if (!known) refuse(wanted);
  return death;
}

}  // namespace revenant::target
