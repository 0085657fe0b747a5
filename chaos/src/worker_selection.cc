#include "chaos/src/worker_selection.h"

#include <regex>
#include <stdexcept>

#include "pool/os/proc.h"

namespace revenant::chaos {
namespace {

// The standard library's matcher recurses with the length of the text.
constexpr std::size_t kCommandBytesMax = 4096;

}  // namespace

struct WorkerSelector::Regex {
  std::regex pattern;
};

WorkerSelector::WorkerSelector(WorkerSelection selection, const std::string& regex)
    : selection_(selection) {
  if (selection != WorkerSelection::match) return;
  try {
    regex_ = std::make_unique<Regex>(Regex{std::regex(regex)});
  } catch (const std::regex_error& error) {
    throw std::invalid_argument("--workers match:" + regex + ": " + error.what());
  }
}

WorkerSelector::~WorkerSelector() = default;

void WorkerSelector::declare(const std::vector<pid_t>& pids) {
  has_declared_ = has_declared_ || !pids.empty();
  declared_ = {pids.begin(), pids.end()};
}

bool WorkerSelector::selects(const Member& member, pid_t main_pid) const {
  const bool declared = declared_.contains(member.process.pid());
  const bool child = member.parent == main_pid;
  switch (selection_) {
    case WorkerSelection::automatic:
      return has_declared_ ? declared : child;
    case WorkerSelection::declared:
      return declared;
    case WorkerSelection::children:
      return child;
    case WorkerSelection::leaves:
      return !member.had_children;
    case WorkerSelection::descendants:
      return true;
    case WorkerSelection::match: {
      // Read each time: a process that was just forked still bears the command of its parent.
      std::string command = os::read_command_line(member.process.pid());
      command.resize(std::min(command.size(), kCommandBytesMax));
      return std::regex_search(command, regex_->pattern);
    }
  }
  return false;
}

}  // namespace revenant::chaos
