#include "pool/target/task_line.h"

#include <simdjson.h>

#include <algorithm>
#include <utility>

#include "pool/target/json_text.h"

namespace revenant::target {
namespace {

using simdjson::SUCCESS;

static_assert(kLinePadding >= simdjson::SIMDJSON_PADDING);

constexpr std::uint64_t kIdEnd = std::uint64_t{1} << 53;

struct Fields {
  bool is_task = false;
  std::string_view type;
  std::optional<std::uint64_t> id;
  std::optional<std::string_view> op;
  std::string_view arg;
};

// Reads the fields in the order in which they come. What was found before an error stays in
// `fields`, so that a broken line whose id was seen can be answered.
simdjson::error_code read_fields(simdjson::ondemand::document& document, Fields& fields) {
  simdjson::ondemand::object object;
  if (const auto error = document.get_object().get(object)) return error;
  for (auto entry : object) {
    simdjson::ondemand::field field;
    std::string_view key;
    if (const auto error = std::move(entry).get(field)) return error;
    if (const auto error = field.unescaped_key().get(key)) return error;
    if (key == "id") {
      std::uint64_t id = 0;
      // Not an unsigned integer below 2^53: as good as no id.
      if (field.value().get_uint64().get(id) == SUCCESS && id < kIdEnd) fields.id = id;
    } else if (key == "op") {
      std::string_view op;
      if (field.value().get_string().get(op) == SUCCESS) fields.op = op;
    } else if (key == "type") {
      std::string_view type;
      if (field.value().get_string().get(type) == SUCCESS) fields.type = type;
    } else if (key == "arg") {
      if (const auto error = find_json(field.value(), fields.arg)) return error;
    }
  }
  const char* rest = nullptr;
  if (document.current_location().get(rest) == SUCCESS) return simdjson::TRAILING_CONTENT;
  return SUCCESS;
}

RejectedLine reject(std::optional<std::uint64_t> id, std::string why) {
  return {.id = id, .why = std::move(why)};
}

}  // namespace

struct TaskLineParser::Parser {
  simdjson::ondemand::parser json;
};

TaskLineParser::TaskLineParser(std::vector<std::string> operations)
    : operations_(std::move(operations)), parser_(std::make_unique<Parser>()) {}
TaskLineParser::~TaskLineParser() = default;
TaskLineParser::TaskLineParser(TaskLineParser&&) noexcept = default;
TaskLineParser& TaskLineParser::operator=(TaskLineParser&&) noexcept = default;

void TaskLineParser::shrink() { parser_ = std::make_unique<Parser>(); }

std::variant<TaskLine, RejectedLine> TaskLineParser::parse(std::string_view line) {
  simdjson::ondemand::document document;
  Fields fields;
  auto error =
      parser_->json.iterate(line.data(), line.size(), line.size() + kLinePadding).get(document);
  if (error == SUCCESS) error = read_fields(document, fields);
  if (error != SUCCESS) {
    return reject(fields.id, std::string("not a JSON object: ") + simdjson::error_message(error));
  }
  if (fields.type != "task") {
    // An answer to a message of another type could be taken for the outcome of its task.
    if (!fields.type.empty()) fields.id.reset();
    return reject(fields.id, R"("type" is not "task", the one message that a target is sent)");
  }
  if (!fields.id) return reject({}, R"("id" must be an unsigned integer below 2^53)");
  if (!fields.op) return reject(fields.id, R"("op" must be a string)");
  const auto known = std::ranges::find(operations_, *fields.op);
  if (known == operations_.end()) return reject(fields.id, "unknown op " + unknown(*fields.op));
  return TaskLine{.id = *fields.id, .op = *known, .arg = fields.arg};
}

std::string TaskLineParser::unknown(std::string_view op) const {
  constexpr std::size_t kShownBytesMax = 40;
  std::string text(op.substr(0, kShownBytesMax));
  if (text.size() < op.size()) text += " …";
  text += "; this target has ";
  for (const auto& known : operations_) {
    if (&known != &operations_.front()) text += ", ";
    text += known;
  }
  return text;
}

}  // namespace revenant::target
