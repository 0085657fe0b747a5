// What the style sheet promises to readers: enough contrast in each scheme.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <regex>
#include <string>

#include "reports/src/embedded.h"

namespace revenant::reports {
namespace {

using Colours = std::map<std::string, std::string>;

// The variables of each :root block, in order: light, dark, print.
std::vector<Colours> schemes() {
  const std::string css(embedded_file("html/style.css"));
  std::vector<Colours> found;
  const std::regex block(R"(:root \{([^}]*)\})");
  const std::regex variable(R"(--([a-z-]+): (#[0-9a-f]{6});)");
  for (std::sregex_iterator root(css.begin(), css.end(), block), end; root != end; ++root) {
    const std::string body = (*root)[1];
    Colours colours;
    for (std::sregex_iterator each(body.begin(), body.end(), variable); each != end; ++each) {
      colours[(*each)[1]] = (*each)[2];
    }
    found.push_back(colours);
  }
  return found;
}

double channel(const std::string& hex, std::size_t at) {
  const double value = std::stoi(hex.substr(at, 2), nullptr, 16) / 255.0;
  return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
}

// Relative luminance and contrast ratio as WCAG 2 defines them.
double luminance(const std::string& hex) {
  return 0.2126 * channel(hex, 1) + 0.7152 * channel(hex, 3) + 0.0722 * channel(hex, 5);
}

double contrast(const std::string& a, const std::string& b) {
  const auto [low, high] = std::minmax({luminance(a), luminance(b)});
  return (high + 0.05) / (low + 0.05);
}

TEST(StyleSheet, GivesEveryTextTheContrastOfWcagAaInEachScheme) {
  const auto all = schemes();
  ASSERT_EQ(all.size(), 3u) << "light, dark, print";
  for (std::size_t i = 0; i < all.size(); ++i) {
    SCOPED_TRACE(i == 0 ? "light" : i == 1 ? "dark" : "print");
    const Colours& colours = all[i];
    for (const char* text : {"ink", "muted", "link", "pass", "fail", "unknown", "none"}) {
      EXPECT_GE(contrast(colours.at(text), colours.at("card")), 4.5) << text << " on a card";
    }
    for (const char* text : {"ink", "muted", "link"}) {
      EXPECT_GE(contrast(colours.at(text), colours.at("page")), 4.5) << text << " on the page";
    }
    for (const char* text : {"k-ink", "k-muted", "k-red", "k-blue", "k-green", "k-purple"}) {
      EXPECT_GE(contrast(colours.at(text), colours.at("card")), 4.5) << text << " in a chart";
    }
    for (const char* text : {"k-ink", "k-muted"}) {
      EXPECT_GE(contrast(colours.at(text), colours.at("k-shade")), 4.5) << text << " on the shade";
    }
  }
}

TEST(StyleSheet, KnowsEveryColourThatTheChartsUse) {
  const auto all = schemes();
  ASSERT_FALSE(all.empty());
  const std::string gp(embedded_file("charts/style.gp"));
  const std::regex colour(R"(([a-z]+) = '(#[0-9a-f]{6})')");
  std::size_t count = 0;
  for (std::sregex_iterator each(gp.begin(), gp.end(), colour), end; each != end; ++each, ++count) {
    EXPECT_EQ(all[0].at("k-" + (*each)[1].str()), (*each)[2].str())
        << "charts/style.gp and html/style.css disagree on " << (*each)[1];
  }
  EXPECT_EQ(count, 10u);
}

}  // namespace
}  // namespace revenant::reports
