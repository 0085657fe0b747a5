#include "pool/target/program/program_message.h"

#include <simdjson.h>

#include "pool/target/json_text.h"
#include "pool/target/task_line.h"

namespace revenant::target {
namespace {

using simdjson::SUCCESS;
using simdjson::ondemand::json_type;
using simdjson::ondemand::value;

constexpr std::size_t kShownBytesMax = 60;

void take_error(value field, ProgramMessage& message) {
  std::string_view text;
  message.reply = ReplyKind::error;
  if (field.get_string().get(text) == SUCCESS) {
    message.text = text;
  } else if (find_json(field, text) == SUCCESS) {
    message.text = text;
  }
}

simdjson::error_code read_object(simdjson::ondemand::document& document, ProgramMessage& message,
                                 bool& is_whole_value) {
  simdjson::ondemand::object object;
  if (const auto error = document.get_object().get(object)) return error;
  for (auto entry : object) {
    simdjson::ondemand::field field;
    std::string_view key;
    std::string_view text;
    if (const auto error = std::move(entry).get(field)) return error;
    if (const auto error = field.unescaped_key().get(key)) return error;
    if (key == "id") {
      std::uint64_t id = 0;
      if (field.value().get_uint64().get(id) == SUCCESS) message.id = id;
    } else if (key == "value") {
      if (const auto error = find_json(field.value(), text)) return error;
      message.text = text;
      is_whole_value = false;
    } else if (key == "error") {
      take_error(field.value(), message);
      is_whole_value = false;
    } else if (key == "cmd") {
      if (field.value().get_string().get(text) == SUCCESS && text.starts_with("NODE_")) {
        message.kind = ProgramMessage::Kind::internal;
      }
    } else if (key == "type") {
      if (field.value().get_string().get(text) == SUCCESS && text == "ready") {
        message.kind = ProgramMessage::Kind::ready;
      }
    }
  }
  return SUCCESS;
}

}  // namespace

void append_task_message(std::string& output, std::uint64_t id, std::string_view op,
                         std::string_view arg) {
  output.append(R"({"id":)").append(std::to_string(id));
  output.append(R"(,"op":")").append(op).append(R"(")");
  if (!arg.empty()) output.append(R"(,"arg":)").append(arg);
  output.append("}\n");
}

struct ProgramMessageParser::Parser {
  simdjson::ondemand::parser json;
};

ProgramMessageParser::ProgramMessageParser() : parser_(std::make_unique<Parser>()) {}
ProgramMessageParser::~ProgramMessageParser() = default;

const ProgramMessage& ProgramMessageParser::parse(std::string_view line) {
  message_.kind = ProgramMessage::Kind::reply;
  message_.id.reset();
  message_.reply = ReplyKind::value;
  message_.text.clear();
  simdjson::ondemand::document document;
  json_type type{};
  bool is_whole_value = true;
  auto error =
      parser_->json.iterate(line.data(), line.size(), line.size() + kLinePadding).get(document);
  if (error == SUCCESS) error = document.type().get(type);
  if (error == SUCCESS && type == json_type::object) {
    error = read_object(document, message_, is_whole_value);
  }
  if (error != SUCCESS) {
    message_.reply = ReplyKind::error;
    message_.text = "the program answered with a line that is not JSON: ";
    message_.text += line.substr(0, kShownBytesMax);
  } else if (is_whole_value) {
    message_.text = line;
  }
  return message_;
}

}  // namespace revenant::target
