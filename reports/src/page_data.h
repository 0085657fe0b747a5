// What the templates of reports/html are filled with. The keys are those of the templates.
#pragma once

#include <string>
#include <string_view>

#include "reports/src/page.h"
#include "reports/src/page_template.h"

namespace revenant::reports {

// `id` makes the anchors of a section its own.
PageData run_data(const RunSection& section, const std::string& id);
// Of several runs, to the page's own: what all of them come to, and how they differ.
bool needs_summary(const Page& page);
void add_summary(const Page& page, PageData& data);
void add_overview(const Page& page, PageData& data);
PageData bench_data(const BenchSection& section, const std::string& id);

// The ids of sections, by their places on the page.
std::string run_id(std::size_t place);
std::string bench_id(std::size_t place);

// What became of a run: what its scenario says where one made it, else its verdict.json; "none"
// where neither is there. Told by a mark too, not only by a colour.
std::string verdict_word(const RunSection& section);
const char* verdict_mark(std::string_view verdict);
// "64 lost, 3 innocent-failed"
std::string kinds_of(const Verdict& verdict);
// "2 of 4 thresholds are broken."
std::string statement_of(const Demands& demands);
// Keys text, says, place, word, mark, class.
PageData thresholds_data(const Demands& demands);

// The chart of that name if it was drawn, as a list of one or none; keys title, caption, wide,
// narrow.
PageData chart_data(const Drawing& drawing, const std::string& name);
// A number of the head of a section; `detail` may be empty.
PageData figure_data(const std::string& name, const std::string& value, const std::string& detail,
                     bool is_bad = false);
// False where it is empty, so that a section of the template can ask for it.
PageData text_or_false(const std::string& text);
PageData sentences_data(const std::vector<std::string>& sentences);
// Sentences in which names stand in back quotes; each entry has one of text and code.
PageData spans_data(const std::string& text);
// What a table of so many rows is folded away under, below the charts that show the same; false
// where it is short or where there is no chart.
PageData fold_data(std::size_t rows, bool has_chart);
PageData facts_data(const std::vector<std::pair<std::string, std::string>>& facts);

}  // namespace revenant::reports
