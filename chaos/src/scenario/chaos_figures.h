// The figures of a chaos run, as in verdict.json: "task.p99", "chaos_rate", "lost", "verdict".
#pragma once

#include "chaos/src/scenario/figures.h"
#include "revenant/chaos/verdict.h"

namespace revenant::chaos {

[[nodiscard]] FigureCatalogue chaos_figures();
// The verdict has to outlive what is returned.
[[nodiscard]] Measurements measurements_of(const Verdict& verdict);

// `verdict`, and what it may be compared with: for every catalogue.
[[nodiscard]] std::optional<Figure> ruling_figure(const std::string& name);

}  // namespace revenant::chaos
