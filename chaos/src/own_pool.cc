#include "chaos/src/own_pool.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "chaos/src/command_line.h"
#include "chaos/src/plan.h"

namespace revenant::chaos {
namespace {

constexpr std::string_view kPoolOption = "--pool-";
// The budget of attempts is there for tasks that kill their workers. Of the kills here the tasks
// are innocent, and at fifty a second three in a row meet one task in some thousands: so the own
// pool gets a larger budget, unless one is given, or the tasks are of that kind.
constexpr const char* kAttempts = "100";

bool is_attempts(const std::string& option) {
  return option == "--attempts" || option.starts_with("--attempts=");
}

}  // namespace

std::vector<std::string> take_pool_options(std::vector<std::string>& arguments) {
  std::vector<std::string> taken;
  std::vector<std::string> others;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const std::string& argument = arguments[i];
    if (!argument.starts_with(kPoolOption)) {
      others.push_back(argument);
      continue;
    }
    taken.push_back("--" + argument.substr(kPoolOption.size()));
    if (argument.find('=') != std::string::npos) continue;
    if (i + 1 == arguments.size() || arguments[i + 1].starts_with("--")) {
      throw UsageError(argument + " needs a value, which is handed on to `revenant pool`");
    }
    taken.push_back(arguments[++i]);
  }
  arguments = std::move(others);
  return taken;
}

std::vector<std::string> own_pool_command(const RunOptions& options,
                                          const std::vector<std::string>& pool_options) {
  std::vector<std::string> command = {"/proc/self/exe", "pool"};
  command.insert(command.end(), pool_options.begin(), pool_options.end());
  const bool has_budget = std::any_of(pool_options.begin(), pool_options.end(), is_attempts);
  const bool kills_its_worker =
      options.operation == Operation::die || asks_for(options, FaultKind::exit0);
  if (!has_budget && !kills_its_worker) {
    command.insert(command.end(), {"--attempts", kAttempts});
  }
  return command;
}

}  // namespace revenant::chaos
