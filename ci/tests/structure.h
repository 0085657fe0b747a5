// The rules that the tree keeps, as functions of its files.
#pragma once

#include <string>
#include <vector>

namespace revenant::ci {

struct SourceFile {
  std::string path;  // from the repository's root: "pool/src/ring.h"
  std::string text;
};
using Tree = std::vector<SourceFile>;

// Every file below `root` that belongs to the repository; what is built there does not.
[[nodiscard]] Tree read_tree(const std::string& root);
// The names directly below `root`, likewise.
[[nodiscard]] std::vector<std::string> read_top_level(const std::string& root);

// Each rule gives its violations as sentences that name the place: empty is good.

// chaos never includes pool, but pool/os; reports includes nothing of the others; bench includes
// pool and chaos; pool nothing of chaos, bench, reports, ci; pool/os only itself. Public headers
// include public headers only.
[[nodiscard]] std::vector<std::string> forbidden_includes(const Tree& tree);
// No file above 400 lines.
[[nodiscard]] std::vector<std::string> long_files(const Tree& tree);
// No file or folder whose name says nothing: util, common, helpers, misc.
[[nodiscard]] std::vector<std::string> empty_names(const Tree& tree);
// Every source and test is built: a .cc file that no CMakeLists.txt names is dead.
[[nodiscard]] std::vector<std::string> unbuilt_sources(const Tree& tree);
// The top level is fixed.
[[nodiscard]] std::vector<std::string> strangers_at_the_top(const std::vector<std::string>& names);

}  // namespace revenant::ci
