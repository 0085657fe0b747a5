// What every page has to be: well-formed, and sufficient in itself.
#pragma once

#include <gtest/gtest.h>

#include <pugixml.hpp>
#include <set>
#include <string>
#include <string_view>

namespace revenant::reports {

// Fails the test where the page is not well-formed, could run something, or loads or links to
// anything outside itself.
class PageCheck : public pugi::xml_tree_walker {
 public:
  explicit PageCheck(const std::string& html) {
    const auto parsed =
        document_.load_buffer(html.data(), html.size(), pugi::parse_default | pugi::parse_doctype);
    EXPECT_TRUE(parsed) << parsed.description() << " at "
                        << html.substr(static_cast<std::size_t>(parsed.offset), 80);
    document_.traverse(*this);
    for (const std::string& target : targets_) {
      EXPECT_TRUE(ids_.contains(target)) << "nothing has the id " << target;
    }
  }

  [[nodiscard]] const pugi::xml_document& document() const { return document_; }
  // All text of the page, as a reader sees it.
  [[nodiscard]] const std::string& text() const { return text_; }

  bool for_each(pugi::xml_node& node) override {
    if (node.type() == pugi::node_pcdata) text_ += node.value();
    if (node.type() != pugi::node_element) return true;
    const std::string_view name = node.name();
    static const std::set<std::string_view> kForbidden = {
        "script", "iframe", "object",        "embed", "img",   "link",
        "base",   "form",   "foreignObject", "image", "audio", "video"};
    EXPECT_FALSE(kForbidden.contains(name)) << "<" << name << ">";
    for (const pugi::xml_attribute& attribute : node.attributes()) check(attribute);
    return true;
  }

 private:
  void check(const pugi::xml_attribute& attribute) {
    const std::string_view name = attribute.name();
    const std::string_view value = attribute.value();
    EXPECT_FALSE(name.starts_with("on")) << name << "=" << value;
    EXPECT_NE(name, "src") << value;
    if (name == "href" || name == "xlink:href") {
      EXPECT_TRUE(value.starts_with('#')) << name << "=" << value;
      targets_.insert(std::string(value.substr(1)));
    }
    if (name == "id") {
      EXPECT_TRUE(ids_.insert(std::string(value)).second) << "two elements have the id " << value;
    }
  }

  pugi::xml_document document_;
  std::string text_;
  std::set<std::string> ids_;
  std::set<std::string> targets_;
};

}  // namespace revenant::reports
