// Ends with 0 if the harness can plan a run, and says what is wrong with a target that is not
// there.
#include <revenant/chaos/run.h>

#include <iostream>

int main() {
  revenant::chaos::RunOptions options;
  options.command = {"/nowhere/pool"};
  options.seed = 7;
  std::cout << revenant::chaos::describe_plan(options);
  try {
    static_cast<void>(revenant::chaos::run(options));
  } catch (const revenant::chaos::TargetUnusable& unusable) {
    std::cout << unusable.what() << '\n';
    return 0;
  }
  return 1;
}
