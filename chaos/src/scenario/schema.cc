#include "chaos/src/scenario/schema.h"

#include <nlohmann/json.hpp>

namespace revenant::chaos {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* kTimePattern = R"(^[0-9.]+ ?(us|ms|s|min|h)$)";

Json json_of(KeyKind kind) {
  switch (kind) {
    case KeyKind::flag:
      return {{"type", "boolean"}};
    case KeyKind::whole:
      return {{"type", "integer"}, {"minimum", 0}};
    case KeyKind::number:
      return {{"type", "number"}};
    case KeyKind::milliseconds:
    case KeyKind::seconds:
      return {{"type", {"number", "string"}}, {"pattern", kTimePattern}};
    case KeyKind::text:
      break;
  }
  return {{"type", {"string", "integer"}}};
}

// One value of a key; of a list several as well.
Json value_of(const Key& key) {
  const Json one = json_of(key.kind);
  if (!key.is_list) return one;
  return {{"anyOf", {one, {{"type", "array"}, {"items", one}}}}};
}

Json list_of(const Json& items) { return {{"type", "array"}, {"items", items}}; }

// What a key means is said once, in `definitions`; runs and matrices refer to it.
struct Keys {
  Json definitions = Json::object();
  Json values = Json::object();  // as a run has them
  Json axes = Json::object();    // as a matrix has them
};

void add(Keys& keys, const std::string& name, const Json& value, const std::string& help) {
  const Json reference{{"$ref", "#/definitions/" + name}};
  keys.definitions[name] = value;
  keys.definitions[name]["description"] = help;
  keys.values[name] = reference;
  keys.axes[name] = list_of(reference);
}

Keys keys_of(const Vocabulary& vocabulary) {
  Keys keys;
  const Json text{{"type", "string"}};
  if (vocabulary.takes_command) {
    add(keys, "command", list_of(text), "the program under test and its arguments");
  }
  for (const Key& key : vocabulary.keys) add(keys, key.name, value_of(key), key.help);
  keys.definitions["thresholds"] = list_of(text);
  keys.definitions["thresholds"]["description"] = "what is demanded of the run";
  return keys;
}

Json object_of(const Json& properties, const Vocabulary& vocabulary, const Json& pool_value) {
  Json object{{"type", "object"}, {"additionalProperties", false}, {"properties", properties}};
  if (vocabulary.takes_pool_keys) {
    object["patternProperties"] = {{"^pool_[a-z_]+$", pool_value}};
  }
  return object;
}

}  // namespace

std::string scenario_schema(const Vocabulary& vocabulary) {
  const Json pool_value{{"type", {"string", "integer"}},
                        {"description", "an option of revenant pool"}};
  const Keys keys = keys_of(vocabulary);
  Json general = keys.values;
  general["thresholds"] = {{"$ref", "#/definitions/thresholds"}};
  Json run = general;
  run["name"] = {{"type", "string"}, {"minLength", 1}, {"description", "of the run"}};
  run["matrix"] = object_of(keys.axes, vocabulary, list_of(pool_value));
  run["matrix"]["description"] = "a run for each combination of values";
  general["run"] = list_of(object_of(run, vocabulary, pool_value));
  general["run"]["minItems"] = 1;
  Json schema{{"$schema", "http://json-schema.org/draft-07/schema#"},
              {"title", "A scenario of revenant " + vocabulary.verb},
              {"required", {"run"}}};
  schema.update(object_of(general, vocabulary, pool_value));
  schema["definitions"] = keys.definitions;
  return schema.dump(1) + "\n";
}

}  // namespace revenant::chaos
