// The values that a page is filled with, and the template engine behind one function: the engine's
// header costs seconds to compile, so one file alone includes it.
//
// Pure. One thread.
#pragma once

#include <concepts>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace revenant::reports {

// A text, a yes or no, a list, or members by name (what a new value is). A template shows a section
// once for a text that is not empty and for yes, and once for each entry of a list.
class PageData {
 public:
  PageData() = default;
  template <std::same_as<bool> Bool>  // a pointer to characters must not become a bool
  PageData(Bool yes) : kind_(Kind::yes_or_no), yes_(yes) {}
  PageData(std::string text) : kind_(Kind::text), text_(std::move(text)) {}
  PageData(const char* text) : PageData(std::string(text)) {}
  PageData(const char* name, std::string text) { (*this)[name] = std::move(text); }
  static PageData list() {
    PageData list;
    list.kind_ = Kind::list;
    return list;
  }

  // The member of that name, made if there is none yet.
  PageData& operator[](std::string_view name);
  void push_back(PageData entry) { values_.push_back(std::move(entry)); }
  [[nodiscard]] std::size_t size() const { return values_.size(); }  // of a list
  [[nodiscard]] bool empty() const { return values_.empty(); }       // of a list

 private:
  friend class PageTemplate;
  enum class Kind { members, list, text, yes_or_no };
  Kind kind_ = Kind::members;
  bool yes_ = false;
  std::string text_;
  std::vector<std::string> names_;  // of the members, in the order of `values_`
  std::vector<PageData> values_;
};

// The text of the embedded template `file`, where {{>NAME}} is the template html/NAME.mustache and
// every value is escaped (for HTML, if no other way is given) but those in three braces. A broken
// template is a defect: std::logic_error.
using Escape = std::string (*)(const std::string&);
std::string filled_template(std::string_view file, const PageData& data, Escape escape = nullptr);

}  // namespace revenant::reports
