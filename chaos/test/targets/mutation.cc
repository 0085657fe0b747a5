#include "chaos/test/targets/mutation.h"

#include <array>
#include <utility>

namespace revenant::chaos::targets {

std::optional<Mutation> mutation_named(std::string_view name) noexcept {
  using enum Mutation;
  static constexpr auto kNames = std::to_array<std::pair<std::string_view, Mutation>>({
      {"none", none},
      {"loses-on-kill", loses_on_kill},
      {"answers-twice", answers_twice},
      {"spoils-second-try", spoils_second_try},
      {"answers-a-stranger", answers_a_stranger},
      {"gives-up-and-answers", gives_up_and_answers},
      {"gives-up", gives_up},
      {"gives-up-all", gives_up_all},
      {"stops-dispatching", stops_dispatching},
      {"forgets-the-first", forgets_the_first},
      {"replaces-late", replaces_late},
      {"crashes", crashes},
      {"abandons", abandons},
      {"outlived-by-workers", outlived_by_workers},
      {"believes-exit-0", believes_exit_0},
      {"forks-once", forks_once},
      {"never-reaps", never_reaps},
      {"logs-on-stdout", logs_on_stdout},
      {"works-alone", works_alone},
      {"kills-its-own", kills_its_own},
  });
  for (const auto& [known, mutation] : kNames) {
    if (known == name) return mutation;
  }
  return std::nullopt;
}

}  // namespace revenant::chaos::targets
