#include "reports/src/page_template.h"

#include <algorithm>
#include <kainjow/mustache.hpp>
#include <stdexcept>

#include "reports/src/embedded.h"

namespace revenant::reports {

namespace mustache = kainjow::mustache;

PageData& PageData::operator[](std::string_view name) {
  const auto found = std::find(names_.begin(), names_.end(), name);
  const auto at = static_cast<std::size_t>(found - names_.begin());
  if (found == names_.end()) {
    names_.emplace_back(name);
    values_.emplace_back();
  }
  return values_[at];
}

// The engine's own form of the values. They are as deep as the templates are, which is not deep.
class PageTemplate {
 public:
  static mustache::data engine_data(const PageData& from) {
    switch (from.kind_) {
      case PageData::Kind::text:
        return mustache::data{from.text_};
      case PageData::Kind::yes_or_no:
        return mustache::data{from.yes_};
      case PageData::Kind::list: {
        mustache::data list{mustache::data::type::list};
        for (const PageData& entry : from.values_) list.push_back(engine_data(entry));
        return list;
      }
      case PageData::Kind::members:
        break;
    }
    mustache::data members{mustache::data::type::object};
    for (std::size_t i = 0; i < from.names_.size(); ++i) {
      members.set(from.names_[i], engine_data(from.values_[i]));
    }
    return members;
  }
};

std::string filled_template(std::string_view file, const PageData& data, Escape escape) {
  mustache::data values = PageTemplate::engine_data(data);
  for (const char* name : {"bench", "charts_of", "part", "run", "threshold_list"}) {
    const std::string partial = "html/" + std::string(name) + ".mustache";
    values.set(name, mustache::data{mustache::partial{
                         [partial] { return std::string(embedded_file(partial)); }}});
  }
  mustache::mustache form{std::string(embedded_file(file))};
  if (escape != nullptr) form.set_custom_escape(escape);
  std::string text = form.render(values);
  if (!form.is_valid()) throw std::logic_error(std::string(file) + ": " + form.error_message());
  return text;
}

}  // namespace revenant::reports
