#include "reports/src/page_data.h"

#include "reports/src/number_text.h"

namespace revenant::reports {

std::string run_id(std::size_t place) { return "run-" + std::to_string(place + 1); }

std::string bench_id(std::size_t place) { return "bench-" + std::to_string(place + 1); }

std::string verdict_word(const RunSection& section) {
  if (section.demands) return section.demands->verdict;
  return section.run.verdict ? section.run.verdict->verdict : "none";
}

const char* verdict_mark(std::string_view verdict) {
  return verdict == "pass" ? "\u2713" : verdict == "fail" ? "\u2717" : "?";
}

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

PageData spans_data(const std::string& text) {
  PageData list = PageData::list();
  bool is_code = false;
  for (std::size_t from = 0; from <= text.size(); is_code = !is_code) {
    std::size_t to = text.find('`', from);
    // A quote that is not closed is a quote.
    if (to != text.npos && !is_code && text.find('`', to + 1) == text.npos) to = text.npos;
    const std::string part = text.substr(from, to == text.npos ? to : to - from);
    PageData span;
    span["text"] = is_code ? "" : part;
    span["code"] = is_code ? part : "";
    list.push_back(std::move(span));
    if (to == text.npos) break;
    from = to + 1;
  }
  return list;
}

PageData fold_data(std::size_t rows, bool has_chart) {
  constexpr std::size_t kRowsShownMax = 12;
  if (rows <= kRowsShownMax || !has_chart) return false;
  return "All " + std::to_string(rows) + " figures as a table";
}

std::string kinds_of(const Verdict& verdict) {
  std::string kinds;
  for (const Finding& finding : verdict.findings) {
    kinds += (kinds.empty() ? "" : ", ") + count_text(finding.count) + " " + finding.kind;
  }
  return kinds;
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
