#include "reports/src/svg_for_page.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <pugixml.hpp>
#include <sstream>

namespace revenant::reports {
namespace {

// The colours of charts/style.gp and the names of their classes in html/style.css. A colour that is
// not here stays as it is.
struct NamedColour {
  std::string_view hex;
  std::string_view name;
};
constexpr std::array kColours = {
    NamedColour{"#1f2328", "ink"},   NamedColour{"#59636e", "muted"},
    NamedColour{"#d8dee4", "grid"},  NamedColour{"#eef1f4", "shade"},
    NamedColour{"#0072b2", "blue"},  NamedColour{"#cde3f1", "tint"},
    NamedColour{"#b84a00", "red"},   NamedColour{"#f0c9ae", "trace"},
    NamedColour{"#00795c", "green"}, NamedColour{"#8f4e8b", "purple"},
    NamedColour{"#000000", "ink"},   NamedColour{"#ffffff", "paper"},
};

constexpr std::array<std::string_view, 12> kElements = {"svg",   "g",    "path",    "text",
                                                        "tspan", "use",  "defs",    "circle",
                                                        "rect",  "line", "polygon", "polyline"};
constexpr std::array<std::string_view, 32> kAttributes = {"viewBox",
                                                          "id",
                                                          "x",
                                                          "y",
                                                          "width",
                                                          "height",
                                                          "cx",
                                                          "cy",
                                                          "r",
                                                          "d",
                                                          "points",
                                                          "transform",
                                                          "fill",
                                                          "stroke",
                                                          "color",
                                                          "stroke-width",
                                                          "stroke-linecap",
                                                          "stroke-linejoin",
                                                          "stroke-dasharray",
                                                          "fill-opacity",
                                                          "stroke-opacity",
                                                          "opacity",
                                                          "font-size",
                                                          "font-weight",
                                                          "text-anchor",
                                                          "x1",
                                                          "x2",
                                                          "y1",
                                                          "y2",
                                                          "dy",
                                                          "dx",
                                                          "fill-rule"};

template <typename List>
bool is_in(const List& list, std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

// "rgb(  0, 114, 178)", "#0072B2", "black" and "white" as "#0072b2"; anything else as it is.
std::string as_hex(std::string_view colour) {
  int red = 0;
  int green = 0;
  int blue = 0;
  const std::string text(colour);
  if (text == "black") return "#000000";
  if (text == "white") return "#ffffff";
  if (std::sscanf(text.c_str(), "rgb( %d , %d , %d )", &red, &green, &blue) == 3) {
    char hex[16];
    std::snprintf(hex, sizeof hex, "#%02x%02x%02x", red & 255, green & 255, blue & 255);
    return hex;
  }
  std::string lower = text;
  for (char& c : lower) c = c >= 'A' && c <= 'F' ? static_cast<char>(c - 'A' + 'a') : c;
  return lower;
}

std::string_view name_of(std::string_view colour) {
  const std::string hex = as_hex(colour);
  for (const NamedColour& named : kColours) {
    if (named.hex == hex) return named.name;
  }
  return {};
}

void add_class(std::string& classes, const char* prefix, std::string_view name) {
  if (!classes.empty()) classes += ' ';
  classes.append(prefix).append(name);
}

// Attributes first to a list, then away: pugixml's iterators do not survive a removal.
void clean_attributes(pugi::xml_node element, const std::string& id) {
  std::string classes;
  pugi::xml_attribute next;
  for (pugi::xml_attribute attribute = element.first_attribute(); attribute; attribute = next) {
    next = attribute.next_attribute();
    const std::string_view name = attribute.name();
    const std::string_view value = attribute.value();
    if (name == "id") {
      attribute.set_value((id + "-" + attribute.value()).c_str());
    } else if ((name == "xlink:href" || name == "href") && value.starts_with('#')) {
      attribute.set_name("href");
      attribute.set_value(("#" + id + "-" + std::string(value.substr(1))).c_str());
    } else if (!is_in(kAttributes, name)) {
      element.remove_attribute(attribute);
    } else if (name == "color" || name == "fill" || name == "stroke") {
      const std::string_view colour = name_of(value);
      if (colour.empty()) continue;
      add_class(classes, name == "color" ? "c-" : name == "fill" ? "f-" : "s-", colour);
      element.remove_attribute(attribute);
    }
  }
  if (!classes.empty()) element.append_attribute("class").set_value(classes.c_str());
}

// gnuplot's output is a few levels deep; deeper elements are left out rather than recursed into.
constexpr int kDepthMax = 24;

void clean(pugi::xml_node element, const std::string& id, int depth) {
  clean_attributes(element, id);
  pugi::xml_node next;
  for (pugi::xml_node child = element.first_child(); child; child = next) {
    next = child.next_sibling();
    if (child.type() == pugi::node_pcdata) continue;
    if (child.type() != pugi::node_element || depth == kDepthMax ||
        !is_in(kElements, child.name())) {
      element.remove_child(child);
      continue;
    }
    clean(child, id, depth + 1);
    // Empty groups are a third of what gnuplot writes.
    if (std::string_view(child.name()) == "g" && !child.first_child()) element.remove_child(child);
  }
}

void name_it(pugi::xml_node svg, const std::string& id, const std::string& title,
             const std::string& summary) {
  pugi::xml_node description = svg.prepend_child("desc");
  description.append_attribute("id").set_value((id + "-desc").c_str());
  description.text().set(summary.c_str());
  pugi::xml_node heading = svg.prepend_child("title");
  heading.append_attribute("id").set_value((id + "-title").c_str());
  heading.text().set(title.c_str());
  svg.append_attribute("role").set_value("img");
  svg.append_attribute("aria-labelledby").set_value((id + "-title " + id + "-desc").c_str());
}

}  // namespace

std::string svg_for_page(std::string_view svg, const std::string& id, const std::string& title,
                         const std::string& summary) {
  pugi::xml_document document;
  // No DOCTYPE, so no entities of the input's own; blank text inside <text> is kept.
  if (!document.load_buffer(svg.data(), svg.size(), pugi::parse_default, pugi::encoding_utf8)) {
    return {};
  }
  pugi::xml_node root = document.child("svg");
  if (!root) return {};
  // The first child of the canvas is the background of the picture that stands alone.
  for (pugi::xml_node group : root.children("g")) {
    const pugi::xml_node first = group.first_child();
    if (std::string_view(first.name()) == "rect") group.remove_child(first);
    break;
  }
  clean(root, id, 0);
  name_it(root, id, title, summary);
  std::ostringstream out;
  root.print(out, "", pugi::format_raw, pugi::encoding_utf8);
  return out.str();
}

}  // namespace revenant::reports
