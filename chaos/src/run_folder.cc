#include "chaos/src/run_folder.h"

#include <sys/stat.h>
#include <unistd.h>

#include <cctype>
#include <cerrno>
#include <cstdio>
#include <ctime>
#include <filesystem>
#include <system_error>
#include <utility>

#include "pool/os/error.h"

namespace revenant::chaos {
namespace {

constexpr int kSameSecondMax = 1000;
constexpr std::size_t kFolderNameBytesMax = 64;

// Never a moment without a link: the new one is made beside it and renamed over it. A folder that
// cannot hold links costs the link, not the run.
void point_latest_at(const std::string& out, const std::string& id) {
  const std::string link = out + "/latest";
  const std::string fresh = link + "." + std::to_string(::getpid());
  ::unlink(fresh.c_str());
  if (::symlink(id.c_str(), fresh.c_str()) != 0) return;
  if (::rename(fresh.c_str(), link.c_str()) != 0) ::unlink(fresh.c_str());
}

}  // namespace

RunFolder::RunFolder(std::string path, std::string id)
    : path_(std::move(path)), id_(std::move(id)) {}

std::string safe_name(const std::string& name) {
  std::string safe;
  for (const char c : name.substr(0, kFolderNameBytesMax)) {
    const bool plain = std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '.' || c == '_';
    safe += plain ? c : '-';
  }
  return safe.empty() ? "run" : safe;
}

RunFolder RunFolder::create(const std::string& out, const std::string& name) {
  std::error_code error;
  std::filesystem::create_directories(out, error);
  if (error) throw std::system_error(error, out);
  const std::time_t seconds = std::time(nullptr);
  std::tm local{};
  ::localtime_r(&seconds, &local);
  char stamp[32];
  std::strftime(stamp, sizeof stamp, "%Y%m%d-%H%M%S", &local);
  const std::string stem = std::string(stamp) + "-" + safe_name(name);
  for (int attempt = 1; attempt <= kSameSecondMax; ++attempt) {
    const std::string id = attempt == 1 ? stem : stem + "-" + std::to_string(attempt);
    const std::string path = out + "/" + id;
    if (::mkdir(path.c_str(), 0777) == 0) {
      point_latest_at(out, id);
      return {path, id};
    }
    if (errno != EEXIST) os::throw_errno(path);
  }
  throw std::system_error(EEXIST, std::system_category(), out + "/" + stem);
}

}  // namespace revenant::chaos
