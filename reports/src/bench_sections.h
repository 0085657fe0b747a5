// The parts of a benchmark's section that are a heading, charts and a table each: one kill,
// goodput, memory, the peers. One template serves all (html/part.mustache).
#pragma once

#include <string>

#include "reports/src/page_data.h"

namespace revenant::reports {

// A list, in the order of the page; what has neither chart nor row is left out. Keys id, title,
// charts, columns, rows, footnotes.
PageData bench_sections(const BenchSection& section, const std::string& id);

}  // namespace revenant::reports
