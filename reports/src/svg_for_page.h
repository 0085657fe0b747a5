// gnuplot's SVG, made fit to stand inside an HTML page.
#pragma once

#include <string>
#include <string_view>

namespace revenant::reports {

// `svg` with only the elements and attributes that a drawing needs; its ids prefixed by `id`, so
// that several charts can share a page; its colours replaced by classes of the page's style sheet
// (c-… for `color`, f-… for `fill`), so that they follow the light and the dark scheme; its fixed
// font and background gone; and `title` and `summary` inside it as its accessible name and
// description. No link or script of the input survives. Empty if the input is not SVG. Any thread;
// no state.
std::string svg_for_page(std::string_view svg, const std::string& id, const std::string& title,
                         const std::string& summary);

}  // namespace revenant::reports
