#include "chaos/test/targets/mutation.h"

#include <array>
#include <utility>

namespace revenant::chaos::targets {

std::optional<Mutation> mutation_named(std::string_view name) noexcept {
  using enum Mutation;
  static constexpr auto kNames = std::to_array<std::pair<std::string_view, Mutation>>({
      {"none", none},
      {"loses-on-kill", loses_on_kill},
      {"loses-on-second-death", loses_on_second_death},
      {"loses-rarely", loses_rarely},
      {"loses-when-two-die", loses_when_two_die},
      {"believes-exit-0", believes_exit_0},
      {"answers-twice", answers_twice},
      {"answers-twice-once", answers_twice_once},
      {"spoils-second-try", spoils_second_try},
      {"spoils-rarely", spoils_rarely},
      {"answers-a-stranger", answers_a_stranger},
      {"gives-up-and-answers", gives_up_and_answers},
      {"gives-up", gives_up},
      {"gives-up-once", gives_up_once},
      {"gives-up-all", gives_up_all},
      {"gives-up-the-next", gives_up_the_next},
      {"stops-dispatching", stops_dispatching},
      {"stops-after-idle-death", stops_after_idle_death},
      {"forgets-the-first", forgets_the_first},
      {"forks-once", forks_once},
      {"replaces-late", replaces_late},
      {"replaces-the-second-late", replaces_the_second_late},
      {"crashes", crashes},
      {"crashes-on-idle-death", crashes_on_idle_death},
      {"abandons", abandons},
      {"outlived-by-workers", outlived_by_workers},
      {"never-reaps", never_reaps},
      {"leaves-one-zombie", leaves_one_zombie},
      {"logs-on-stdout", logs_on_stdout},
      {"logs-once", logs_once},
      {"never-gives-up", never_gives_up},
      {"forgets-poison", forgets_poison},
      {"black-hole", black_hole},
      {"late-black-hole", late_black_hole},
      {"executes-twice", executes_twice},
      {"answers-undone", answers_undone},
      {"starves-successors", starves_successors},
      {"starves-the-third", starves_the_third},
      {"leaks-sockets", leaks_sockets},
      {"leaks-every-third", leaks_every_third},
      {"hoards", hoards},
      {"hoards-a-little", hoards_a_little},
      {"works-alone", works_alone},
      {"declares-nobody", declares_nobody},
      {"kills-its-own", kills_its_own},
      {"kills-one", kills_one},
      {"refuses", refuses},
      {"hides-results", hides_results},
  });
  for (const auto& [known, mutation] : kNames) {
    if (known == name) return mutation;
  }
  return std::nullopt;
}

}  // namespace revenant::chaos::targets
