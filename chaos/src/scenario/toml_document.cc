// The only file that knows toml++.
#include "chaos/src/scenario/toml_document.h"

#include <toml++/toml.h>

#include <algorithm>
#include <utility>

namespace revenant::chaos {
namespace {

constexpr unsigned kNestingMax = 8;

class Conversion {
 public:
  explicit Conversion(const std::string& file) : file_(file) {}

  TomlValue::Children table(const toml::table& from, unsigned depth) {
    TomlValue::Children values;
    for (const auto& [key, node] : from) {
      values.push_back(value(node, depth + 1));
      values.back().key = key.str();
      values.back().key_place = place(key.source().begin);
    }
    std::sort(values.begin(), values.end(), [](const TomlValue& a, const TomlValue& b) {
      return std::pair(a.key_place.line, a.key_place.column) <
             std::pair(b.key_place.line, b.key_place.column);
    });
    return values;
  }

  [[nodiscard]] Place place(const toml::source_position& at) const {
    return {file_, at.line, at.column};
  }

 private:
  // The depth is limited, so the recursion is.
  TomlValue value(const toml::node& node, unsigned depth) {
    TomlValue made{.place = place(node.source().begin)};
    if (depth > kNestingMax) throw ScenarioError(made.place, "nested too deeply for a scenario");
    if (const auto* const flag = node.as_boolean()) {
      made.data = flag->get();
    } else if (const auto* const whole = node.as_integer()) {
      made.data = whole->get();
    } else if (const auto* const number = node.as_floating_point()) {
      made.data = number->get();
    } else if (const auto* const text = node.as_string()) {
      const auto& [begin, end, path] = text->source();
      made.is_verbatim =
          begin.line == end.line && end.column - begin.column == text->get().size() + 2;
      made.data = text->get();
    } else if (const auto* const array = node.as_array()) {
      TomlValue::Children list;
      for (const toml::node& each : *array) list.push_back(value(each, depth + 1));
      made.data = std::move(list);
    } else if (const auto* const nested = node.as_table()) {
      made.data = table(*nested, depth);
      made.is_table = true;
    } else {
      throw ScenarioError(made.place, "a date or time has no meaning in a scenario");
    }
    return made;
  }

  const std::string& file_;
};

}  // namespace

TomlValue parse_toml(std::string_view text, const std::string& file) {
  Conversion conversion(file);
  try {
    TomlValue top;
    top.data = conversion.table(toml::parse(text, file), 0);
    top.is_table = true;
    return top;
  } catch (const toml::parse_error& error) {
    throw ScenarioError(conversion.place(error.source().begin), std::string(error.description()));
  }
}

}  // namespace revenant::chaos
