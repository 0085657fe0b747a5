#include "bench/test/peers/stand_ins.h"

#include <stdlib.h>

#include <filesystem>
#include <fstream>

#include "pool/os/error.h"

namespace revenant::bench::peers {

namespace fs = std::filesystem;

StandIns::StandIns() : folder_(fs::temp_directory_path() / "revenant-peers-test-XXXXXX") {
  if (::mkdtemp(folder_.data()) == nullptr) os::throw_errno("mkdtemp " + folder_);
}

StandIns::~StandIns() {
  std::error_code ignored;
  fs::remove_all(folder_, ignored);
}

std::string StandIns::add(const std::string& name, const std::string& script) const {
  const std::string path = folder_ + "/" + name;
  std::ofstream(path) << "#!/bin/sh\n" << script;
  fs::permissions(path, fs::perms::owner_all);
  return path;
}

}  // namespace revenant::bench::peers
