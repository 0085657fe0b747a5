// What the floors are called on a page and in a chart. Pure.
#pragma once

#include <string>

#include "reports/src/figures.h"

namespace revenant::reports {

// "futex round trip" for "futex_round_trip"; a name that is not known loses its underscores.
std::string floor_label(const std::string& name);
// The same with what it was measured with: "fork loop, 16 processes". Without the payload.
std::string floor_label(const ThroughputFloor& floor);

}  // namespace revenant::reports
