#include "bench/src/goals/scratch_folder.h"

#include <stdlib.h>

#include "pool/os/error.h"

namespace revenant::bench::goals {

ScratchFolder::ScratchFolder() {
  std::string name = std::filesystem::temp_directory_path() / "revenant-goals-XXXXXX";
  if (::mkdtemp(name.data()) == nullptr) os::throw_errno("mkdtemp " + name);
  path_ = name;
}

ScratchFolder::~ScratchFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

}  // namespace revenant::bench::goals
