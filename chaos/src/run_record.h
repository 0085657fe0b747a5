// run.json: what was run, with what, where.
#pragma once

#include <string>

#include "revenant/chaos/options.h"

namespace revenant::chaos {

// std::system_error if it cannot be written.
void write_run_record(const std::string& path, const RunOptions& options, const std::string& name);

}  // namespace revenant::chaos
