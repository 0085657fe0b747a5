#include "reports/src/page_data.h"

namespace revenant::reports {

PageData chart_data(const Drawing& drawing, const std::string& name) {
  PageData list = PageData::list();
  for (const DrawnChart& drawn : drawing.charts) {
    if (drawn.chart.name != name) continue;
    PageData chart;
    chart["title"] = drawn.chart.title;
    chart["caption"] = text_or_false(drawn.chart.caption);
    chart["wide"] = drawn.wide;
    chart["narrow"] = drawn.narrow;
    list.push_back(chart);
  }
  return list;
}

PageData figure_data(const std::string& name, const std::string& value, const std::string& detail,
                     bool is_bad) {
  PageData figure;
  figure["name"] = name;
  figure["value"] = value;
  figure["detail"] = text_or_false(detail);
  figure["is_bad"] = is_bad;
  return figure;
}

PageData text_or_false(const std::string& text) {
  return text.empty() ? PageData{false} : PageData{text};
}

PageData sentences_data(const std::vector<std::string>& sentences) {
  PageData list = PageData::list();
  for (const std::string& sentence : sentences) list.push_back(PageData{"text", sentence});
  return list;
}

PageData facts_data(const std::vector<std::pair<std::string, std::string>>& facts) {
  PageData list = PageData::list();
  for (const auto& [name, value] : facts) {
    PageData fact;
    fact["name"] = name;
    fact["value"] = value;
    list.push_back(fact);
  }
  return list;
}

}  // namespace revenant::reports
