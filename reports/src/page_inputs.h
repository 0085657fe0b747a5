// From the files and folders that are named to the sections of a page, not yet drawn.
#pragma once

#include <filesystem>
#include <vector>

#include "reports/src/page.h"

namespace revenant::reports {

// Each input is a run folder, a Google Benchmark JSON file, the folder of a scenario (all its runs,
// in its order) or any folder with run folders in it (those, by name). Reads only. Throws
// InputError for what is none of them; a run of a scenario that is missing or unusable is a note on
// the page.
Page read_inputs(const std::vector<std::filesystem::path>& inputs);

}  // namespace revenant::reports
