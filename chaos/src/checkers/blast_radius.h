// What the faults cost tasks that were not on their victims.
#pragma once

#include "chaos/src/checkers/evidence.h"
#include "revenant/chaos/verdict.h"

namespace revenant::chaos {

[[nodiscard]] BlastRadius measure_blast_radius(const Evidence& evidence);

}  // namespace revenant::chaos
