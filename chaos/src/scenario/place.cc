#include "chaos/src/scenario/place.h"

namespace revenant::chaos {

std::string to_string(const Place& place) {
  return place.file + ":" + std::to_string(place.line) + ":" + std::to_string(place.column);
}

ScenarioError::ScenarioError(const Place& place, const std::string& what)
    : std::runtime_error(to_string(place) + ": " + what) {}

}  // namespace revenant::chaos
