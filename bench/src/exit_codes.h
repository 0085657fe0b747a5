// The verbs' exit codes, under the names that the benchmarks use.
#pragma once

#include "chaos/src/exit_codes.h"

namespace revenant::bench {

using chaos::kFail;
using chaos::kHarnessFailed;
using chaos::kPass;
using chaos::kUnknown;
using chaos::kWrongUsage;

}  // namespace revenant::bench
