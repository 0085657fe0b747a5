// What a side of a comparison has measured: figures by name, each with its samples.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace revenant::reports::compare {

enum class Better : std::uint8_t { more, less };
enum class Unit : std::uint8_t { microseconds, per_second, bytes_per_second, plain };

struct Samples {
  Better better = Better::less;
  Unit unit = Unit::plain;
  std::vector<double> values;
};

struct Side {
  std::map<std::string, Samples> figures;      // "throughput/noop/workers:1/items_per_second"
  std::map<std::string, std::string> spoiled;  // figures that were not measured, and why
  std::vector<std::string> notes;              // what a reader has to know before quoting a figure
};

}  // namespace revenant::reports::compare
