// What the templates of reports/html are filled with. The keys are those of the templates.
#pragma once

#include <string>

#include "reports/src/page.h"
#include "reports/src/page_template.h"

namespace revenant::reports {

// `id` makes the anchors of a section its own.
PageData run_data(const RunSection& section, const std::string& id);
void add_overview(const Page& page, PageData& data);  // of several runs, to the page's own
PageData bench_data(const BenchSection& section, const std::string& id);

// The chart of that name if it was drawn, as a list of one or none; keys title, caption, wide,
// narrow.
PageData chart_data(const Drawing& drawing, const std::string& name);
// A number of the head of a section; `detail` may be empty.
PageData figure_data(const std::string& name, const std::string& value, const std::string& detail,
                     bool is_bad = false);
// False where it is empty, so that a section of the template can ask for it.
PageData text_or_false(const std::string& text);
PageData sentences_data(const std::vector<std::string>& sentences);
PageData facts_data(const std::vector<std::pair<std::string, std::string>>& facts);

}  // namespace revenant::reports
