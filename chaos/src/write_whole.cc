#include "chaos/src/write_whole.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fstream>

namespace revenant::chaos {

std::string write_whole(const std::string& path, std::string_view contents) {
  const std::string fresh = path + ".new";
  const auto problem = [&] {
    const std::string reason = std::strerror(errno);
    std::remove(fresh.c_str());
    return path + " cannot be written: " + reason;
  };
  std::ofstream out(fresh, std::ios::binary | std::ios::trunc);
  out.write(contents.data(), static_cast<std::streamsize>(contents.size()));
  out.close();
  if (!out) return problem();
  if (std::rename(fresh.c_str(), path.c_str()) != 0) return problem();
  return "";
}

}  // namespace revenant::chaos
