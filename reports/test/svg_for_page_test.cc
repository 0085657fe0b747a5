#include "reports/src/svg_for_page.h"

#include <gtest/gtest.h>

namespace revenant::reports {
namespace {

std::string page_svg(const std::string& inside) {
  return svg_for_page(
      "<?xml version=\"1.0\"?><svg viewBox=\"0 0 9 9\" xmlns=\"http://www.w3.org/2000/svg\""
      " xmlns:xlink=\"http://www.w3.org/1999/xlink\" width=\"9\" onload=\"run()\">" +
          inside + "</svg>",
      "run-1-timeline", "A <title>", "What & why");
}

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

TEST(SvgForPage, KeepsADrawingAndNothingThatActsOrLoads) {
  const std::string svg = page_svg(
      "<script>alert(1)</script><foreignObject><p/></foreignObject><image href=\"http://x/y.png\"/>"
      "<style>@import 'x'</style><a href=\"javascript:run()\"><path d=\"M0 0\"/></a>"
      "<use xlink:href=\"http://x/y#z\"/><path d=\"M1 1\" onclick=\"run()\" style=\"x\"/>");
  for (const char* gone : {"script", "foreignObject", "image", "style", "javascript", "http",
                           "onclick", "onload", "<a"}) {
    EXPECT_FALSE(has(svg, gone)) << gone << " in " << svg;
  }
  EXPECT_TRUE(has(svg, "<path d=\"M1 1\"/>")) << svg;
}

TEST(SvgForPage, PrefixesIdsAndWhatPointsAtThem) {
  const std::string svg =
      page_svg("<defs><circle id='gpDot' r='1'/></defs><use xlink:href='#gpDot' x='2'/>");
  EXPECT_TRUE(has(svg, "id=\"run-1-timeline-gpDot\"")) << svg;
  EXPECT_TRUE(has(svg, "href=\"#run-1-timeline-gpDot\"")) << svg;
}

TEST(SvgForPage, TurnsTheColoursOfTheChartsIntoClassesOfTheStyleSheet) {
  const std::string svg = page_svg(
      "<path stroke='rgb(  0, 114, 178)' fill=\"none\" d='M0 0'/><path color=\"#59636E\" "
      "fill=\"#123456\" d=\"M1 1\"/>");
  EXPECT_TRUE(has(svg, "class=\"s-blue\"")) << svg;
  EXPECT_TRUE(has(svg, "class=\"c-muted\"")) << svg;
  EXPECT_TRUE(has(svg, "fill=\"#123456\"")) << svg;
}

TEST(SvgForPage, NamesTheDrawingForThoseWhoDoNotSeeIt) {
  const std::string svg = page_svg("");
  EXPECT_TRUE(has(svg, "role=\"img\"")) << svg;
  EXPECT_TRUE(has(svg, "<title id=\"run-1-timeline-title\">A &lt;title&gt;</title>")) << svg;
  EXPECT_TRUE(has(svg, ">What &amp; why</desc>")) << svg;
}

TEST(SvgForPage, IsNothingForWhatIsNotSvg) {
  EXPECT_EQ(svg_for_page("not xml <", "a", "b", "c"), "");
  EXPECT_EQ(svg_for_page("<html/>", "a", "b", "c"), "");
  EXPECT_EQ(svg_for_page("", "a", "b", "c"), "");
}

TEST(SvgForPage, LeavesOutWhatIsDeeperThanAnyDrawing) {
  std::string deep;
  for (int i = 0; i < 50'000; ++i) deep += "<g>";
  deep += "<path d=\"M0 0\"/>";
  for (int i = 0; i < 50'000; ++i) deep += "</g>";
  EXPECT_FALSE(has(page_svg(deep), "path"));
}

}  // namespace
}  // namespace revenant::reports
