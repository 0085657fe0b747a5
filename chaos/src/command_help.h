// What `revenant chaos --help` says before and after its options.
#pragma once

namespace revenant::chaos {

inline constexpr const char* kDescription =
    R"(Runs a pool of worker processes, kills its workers while they work, and judges what became of
the tasks. The pool is PROGRAM, which speaks the protocol of chaos/PROTOCOL.md on its standard input
and output; without one it is `revenant pool`, and --pool-NAME VALUE is handed on to it as --NAME VALUE.
It gets --attempts 100 unless --pool-attempts says otherwise: where workers are killed all the time,
chance alone uses up the pool's own default of 3.)";

inline constexpr const char* kFooter = R"(Examples:
  revenant chaos
      10,000 tasks through this project's own pool, ten kills a second
  revenant chaos --duration 20 --schedule poisson:50 --seed 7 -- ./my_pool --workers 4
      twenty seconds, fifty kills a second, drawn from seed 7
  revenant chaos --schedule idle:20 -- python3 my_pool.py
      kills a worker that has nothing to do, then submits: twenty times
  revenant chaos --schedule at-write:20 --schedule before-ready:20 -- ./my_pool
      kills workers as they write a result, and newborn ones before they wait for work
  revenant chaos --fault kill-main -- ./my_pool
      kills the main process: nothing of its tree may outlive it
  revenant chaos --fault kill=3 --fault stop:500=1 --op sleep --op-ms 20 -- ./my_pool
      three kills for each worker that is stopped for half a second
  revenant chaos --attach 4711 --probe 'curl -fs localhost:8080/health'
      kills the workers of a server that runs; --dry-run shows which they are
  revenant chaos --pool-workers 8 --pool-spares 2 --dry-run
      only what would be done

Exit codes: 0 pass, 1 fail, 2 unknown (too few faults, interrupted, killed by others), 3 wrong usage
or no usable program, 4 the harness itself failed.)";

}  // namespace revenant::chaos
