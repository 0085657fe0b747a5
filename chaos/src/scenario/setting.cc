#include "chaos/src/scenario/setting.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <string_view>

#include "chaos/src/nearest_word.h"
#include "chaos/src/scenario/quantity.h"

namespace revenant::chaos {
namespace {

constexpr std::string_view kPoolKey = "pool_";

// The shortest text that is this number: 1e6 as 1000000, 0.5 as 0.5.
std::string text_of(double number) {
  return number == std::floor(number) && std::abs(number) < 1e15 ? fmt::format("{:.0f}", number)
                                                                 : fmt::format("{}", number);
}

const char* expected(KeyKind kind) {
  switch (kind) {
    case KeyKind::flag:
      return "true or false";
    case KeyKind::whole:
      return "a whole number";
    case KeyKind::number:
      return "a number";
    case KeyKind::milliseconds:
      return "milliseconds as a number, or a time such as \"500ms\"";
    case KeyKind::seconds:
      return "seconds as a number, or a time such as \"90s\"";
    case KeyKind::text:
      break;
  }
  return "a string";
}

[[noreturn]] void refuse_type(const Key& key, const Place& place) {
  throw ScenarioError(place, fmt::format("{}: expected {}", key.name, expected(key.kind)));
}

// "500ms" in the option's unit.
std::string in_units_of(const Key& key, const std::string& text, const Place& place) {
  double value = 0;
  const char* const end = text.data() + text.size();
  const auto parsed = std::from_chars(text.data(), end, value);
  if (parsed.ec != std::errc()) refuse_type(key, place);
  std::string_view name(parsed.ptr, static_cast<std::size_t>(end - parsed.ptr));
  name.remove_prefix(std::min(name.find_first_not_of(' '), name.size()));
  const Unit* const unit = unit_named(name);
  if (unit == nullptr || unit->dimension != kTime) {
    throw ScenarioError(place, fmt::format("{}: \"{}\" is not a time; its unit has to be us, ms, "
                                           "s, min or h",
                                           key.name, text));
  }
  const double seconds = value * unit->factor;
  return text_of(key.kind == KeyKind::seconds ? seconds : std::round(seconds * 1e6) / 1e3);
}

// Empty for a flag that is false.
std::string scalar(const Key& key, const TomlValue& value) {
  const bool is_time = key.kind == KeyKind::milliseconds || key.kind == KeyKind::seconds;
  if (const auto* const flag = std::get_if<bool>(&value.data)) {
    if (key.kind != KeyKind::flag) refuse_type(key, value.place);
    return *flag ? "true" : "";
  }
  if (const std::string* const text = value.text()) {
    if (is_time) return in_units_of(key, *text, value.place);
    if (key.kind != KeyKind::text) refuse_type(key, value.place);
    return *text;
  }
  if (const auto* const whole = std::get_if<std::int64_t>(&value.data)) {
    // Options such as --payload read their text, which may well be a number.
    if (key.kind == KeyKind::flag) refuse_type(key, value.place);
    return std::to_string(*whole);
  }
  if (const auto* const number = std::get_if<double>(&value.data)) {
    if (key.kind != KeyKind::number && !is_time) refuse_type(key, value.place);
    return text_of(*number);
  }
  refuse_type(key, value.place);
}

void append_option(const Key& key, const std::string& value, Setting& setting) {
  if (value.empty() && key.kind == KeyKind::flag) return;
  setting.shown += (setting.shown.empty() ? "" : "+") + value;
  if (key.kind == KeyKind::flag) {
    setting.arguments.push_back(key.option);
  } else if (key.option.ends_with('=')) {
    setting.arguments.push_back(key.option + value);
  } else {
    setting.arguments.insert(setting.arguments.end(), {key.option, value});
  }
}

void fill(const Key& key, const TomlValue& value, Setting& setting) {
  const TomlValue::Children* const list = value.list();
  if (list == nullptr) return append_option(key, scalar(key, value), setting);
  if (!key.is_list) {
    throw ScenarioError(value.place,
                        fmt::format("{}: takes one value; several belong into matrix", key.name));
  }
  for (const TomlValue& each : *list) append_option(key, scalar(key, each), setting);
}

void fill_command(const TomlValue& value, Setting& setting) {
  const TomlValue::Children* const words = value.list();
  if (words == nullptr || words->empty()) {
    throw ScenarioError(value.place,
                        "command: expected a list, the program and its arguments: [\"./my_pool\"]");
  }
  for (const TomlValue& each : *words) {
    const std::string* const word = each.text();
    if (word == nullptr) throw ScenarioError(each.place, "command: expected strings");
    setting.arguments.push_back(*word);
    setting.shown += (setting.shown.empty() ? "" : " ") + *word;
  }
}

[[noreturn]] void refuse_key(const TomlValue& value, const Vocabulary& vocabulary) {
  const auto near = nearest_word(value.key, names_of_keys(vocabulary));
  throw ScenarioError(value.key_place,
                      fmt::format("{}: no such key{}", value.key,
                                  near ? ", did you mean " + *near + "?"
                                       : "; the keys are the options of revenant " +
                                             vocabulary.verb + ", with _ for -"));
}

bool is_pool_key(const std::string& key, const Vocabulary& vocabulary) {
  return vocabulary.takes_pool_keys && key.starts_with(kPoolKey);
}

// What a key of the pool takes is the pool's to say: it gets the text.
Key pool_key(const std::string& name) {
  std::string option = "--" + name;
  std::replace(option.begin(), option.end(), '_', '-');
  return {.name = name, .option = option, .kind = KeyKind::text, .is_list = false, .help = {}};
}

}  // namespace

bool is_given(const std::string& option, const std::vector<std::string>& arguments) {
  const std::string with_value = option.ends_with('=') ? option : option + "=";
  const auto end = std::find(arguments.begin(), arguments.end(), "--");
  return std::any_of(arguments.begin(), end, [&](const std::string& argument) {
    return argument == option || argument.starts_with(with_value);
  });
}

Setting make_setting(const TomlValue& value, const Vocabulary& vocabulary) {
  Setting setting{.key = value.key, .place = value.place, .arguments = {}, .shown = {}};
  if (value.key == "command" && vocabulary.takes_command) {
    fill_command(value, setting);
  } else if (const Key* const key = key_named(vocabulary, value.key)) {
    fill(*key, value, setting);
  } else if (is_pool_key(value.key, vocabulary)) {
    fill(pool_key(value.key), value, setting);
  } else {
    refuse_key(value, vocabulary);
  }
  return setting;
}

bool is_overridden(const std::string& name, const Vocabulary& vocabulary,
                   const std::vector<std::string>& arguments) {
  if (is_pool_key(name, vocabulary)) return is_given(pool_key(name).option, arguments);
  const Key* const key = key_named(vocabulary, name);
  if (key == nullptr) return false;
  return std::any_of(vocabulary.keys.begin(), vocabulary.keys.end(), [&](const Key& each) {
    const bool same = each.name == name || (!key->group.empty() && each.group == key->group);
    return same && is_given(each.option, arguments);
  });
}

}  // namespace revenant::chaos
