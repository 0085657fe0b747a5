// The files of reports/charts and reports/html, carried in the program: an installed `revenant`
// needs no data folder.
#pragma once

#include <string_view>

namespace revenant::reports {

// The content of "charts/style.gp", "html/page.mustache" … Asking for one that does not exist is a
// defect of the program: it aborts, naming it.
std::string_view embedded_file(std::string_view name);

}  // namespace revenant::reports
