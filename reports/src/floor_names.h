// What the floors are called on a page and in a chart. Pure.
#pragma once

#include <string>

namespace revenant::reports {

// "futex round trip" for "futex_round_trip"; a name that is not known loses its underscores.
std::string floor_label(const std::string& name);

}  // namespace revenant::reports
