#include "chaos/src/tree_text.h"

#include <fmt/format.h>

#include <map>
#include <vector>

#include "chaos/src/protocol_message.h"
#include "pool/os/proc.h"

namespace revenant::chaos {
namespace {

constexpr std::size_t kShownCommandBytes = 100;

std::string line_of(pid_t pid, std::size_t depth, const char* mark) {
  const std::string command =
      sample_of(os::read_command_line(pid).substr(0, kShownCommandBytes));  // fit for a terminal
  return fmt::format("  {:<{}}{:<10}{:<10}{}\n", "", 2 * depth, pid, mark, command);
}

}  // namespace

std::string tree_text(ProcessTree& tree, const std::function<bool(const Member&)>& is_worker) {
  std::multimap<pid_t, const Member*> children;
  std::size_t left = 0;
  for (const auto& [token, member] : tree.members()) {
    if (member.ended) continue;
    // Who lost its parent stands below the main process.
    const bool has_parent = tree.living(member.parent) != nullptr;
    children.emplace(has_parent ? member.parent : tree.main_pid(), &member);
    ++left;
  }
  std::string text = line_of(tree.main_pid(), 0, "main");
  struct Entry {
    const Member* member;
    std::size_t depth;
  };
  std::vector<Entry> stack;
  const auto push_children = [&](pid_t pid, std::size_t depth) {
    const auto [begin, end] = children.equal_range(pid);
    for (auto child = end; child != begin;) stack.push_back({(--child)->second, depth});
  };
  push_children(tree.main_pid(), 1);
  for (std::size_t lines = 0; !stack.empty() && lines < kTreeLinesMax; ++lines, --left) {
    const Entry entry = stack.back();
    stack.pop_back();
    const pid_t pid = entry.member->process.pid();
    text += line_of(pid, entry.depth, is_worker(*entry.member) ? "worker" : "-");
    push_children(pid, entry.depth + 1);
  }
  if (left > 0) text += fmt::format("  and {} more\n", left);
  return text;
}

}  // namespace revenant::chaos
