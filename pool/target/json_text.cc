#include "pool/target/json_text.h"

namespace revenant::target {
namespace {

using simdjson::SUCCESS;
using simdjson::ondemand::json_type;

std::string_view without_trailing_space(std::string_view text) {
  const auto last = text.find_last_not_of(" \t\r\n");
  return last == text.npos ? std::string_view() : text.substr(0, last + 1);
}

}  // namespace

simdjson::error_code find_json(simdjson::ondemand::value field, std::string_view& json) {
  json_type type{};
  if (const auto error = field.type().get(type)) return error;
  if (type == json_type::object) {
    simdjson::ondemand::object object;
    if (const auto error = field.get_object().get(object)) return error;
    return object.raw_json().get(json);
  }
  if (type == json_type::array) {
    simdjson::ondemand::array array;
    if (const auto error = field.get_array().get(array)) return error;
    return array.raw_json().get(json);
  }
  json = without_trailing_space(field.raw_json_token());
  return SUCCESS;
}

}  // namespace revenant::target
