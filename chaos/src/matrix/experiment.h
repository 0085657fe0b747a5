// The columns of the matrix: one fault each, under the same load.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace revenant::chaos {

struct Experiment {
  std::string_view name;             // on the command line, and in JSON
  std::string_view question;         // for the table's legend
  std::vector<std::string> options;  // of `revenant chaos`
};

[[nodiscard]] std::span<const Experiment> experiments();

}  // namespace revenant::chaos
