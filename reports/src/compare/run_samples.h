// The samples in a run folder of `revenant chaos`: recoveries, kill by kill, and throughputs.
#pragma once

#include <filesystem>

#include "reports/src/compare/bench_samples.h"
#include "reports/src/compare/samples.h"

namespace revenant::reports::compare {

// `recovery/STAGE` in microseconds and `throughput/PHASE`. Where an input is one sample, a stage's
// is its median, which verdict.json has too if there is no history. Throws InputError as
// read_run_folder does.
Side read_run_samples(const std::filesystem::path& path, SampleOf sample_of);

}  // namespace revenant::reports::compare
