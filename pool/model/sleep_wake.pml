/* Who sleeps and who wakes whom: pool/src/bell.h, with a worker killed or stopped at any step.

   A supervisor gives TASKS tasks to WORKERS workers, each with a task ring of DEPTH records and a
   result ring of ROOM. Out of KILLS kills and STOPS stops, each hits any worker at any step; a
   killed worker's slot is recovered and filled again, a stopped one stays where it is for ever.

   Claim, checked whenever nothing can move any more: every task has its outcome, or lies with a
   worker that is stopped. Were a wake-up lost, somebody would sleep while something waits for him.

   One statement is one step that another process can see; memory is sequentially consistent, which
   is what the fences and seq_cst operations of bell.h buy for these words. Each flag below breaks
   the protocol in one place, and the claim with it:

     SEPARATE_FLAG              the kernel compares the ring's index, not the word that says "I sleep"
     LOOKS_BEFORE_IT_SAYS       a sleeper looks for work before it says that it sleeps (no fence)
     RINGS_BEFORE_IT_PUBLISHES  a worker looks at the supervisor's word first (no fence)
     DEAF_TO_DEATHS             the supervisor sleeps on its bell alone
     TAKES_THE_WORD_FIRST       a worker takes the supervisor's word before it wakes it; harmless as
                                long as workers die, wrong when one is stopped (needs STOPS)
     CLEARS_ANY_SLEEP           a worker clears the word whichever sleep it stands for
     KEEPS_ITS_SLEEP            a supervisor that falls asleep again does not say so anew */

#define WORKERS 2
#ifndef TASKS
#define TASKS 3
#endif
#ifndef KILLS
#define KILLS 2
#endif
#ifndef STOPS
#define STOPS 0
#endif
#ifndef DEPTH
#define DEPTH 2
#endif
#define ROOM 1

#define FOR_TASKS 1
#define FOR_ROOM 2

/* The ledger. */
byte waiting = TASKS;
byte delivered = 0;

/* Mailboxes: records written and read of each ring. Reset when a slot is filled again. */
byte task_written[WORKERS], result_written[WORKERS], result_read[WORKERS];

/* WorkerBell: the word, and whether the kernel has the worker in its queue. */
byte worker_word[WORKERS];
bool in_futex[WORKERS];

/* SupervisorBell: odd while the supervisor sleeps, and another odd number for every sleep. The real
   word counts to 2^32; here it comes round after SLEEPS. */
#define SLEEPS 16
#define ASLEEP(word) (word % 2 == 1)
#define AWAKE(word) ((word + 1) % (2 * SLEEPS))
#define NEXT_SLEEP(word) ((word + 2 + (1 - word % 2)) % (2 * SLEEPS))
byte supervisor_word = 0;
bool ready_bit[WORKERS];
bool edge = false; /* an event of the eventfd that epoll has not reported */

/* Processes. A notice is true from a worker's death until its slot is recovered. */
bool killed[WORKERS], stopped[WORKERS], notice[WORKERS], refilled[WORKERS];

/* ---- worker ---- */

inline worker_sleep(reason, arrived) {
#ifdef LOOKS_BEFORE_IT_SAYS
  looked = (arrived);
  worker_word[me] = reason;
  if
  :: looked -> skip
#else
  worker_word[me] = reason;
  if
  :: (arrived) -> skip
#endif
  :: else ->
#ifdef SEPARATE_FLAG
     seen = task_written[me];
     d_step { if :: task_written[me] == seen -> in_futex[me] = true :: else fi; seen = 0 };
#else
     d_step { if :: worker_word[me] == reason -> in_futex[me] = true :: else fi };
#endif
     !in_futex[me]
  fi;
  worker_word[me] = 0
}

inline ring_supervisor() {
  if
  :: ready_bit[me] -> skip /* not taken since we set it: we rang then, if it slept */
  :: else ->
     ready_bit[me] = true;
     if
     :: !ASLEEP(supervisor_word) -> skip
     :: atomic { ASLEEP(supervisor_word) -> seen = supervisor_word };
#ifdef TAKES_THE_WORD_FIRST
        if
        :: atomic { supervisor_word == seen -> supervisor_word = AWAKE(seen); seen = 0 };
           edge = true
        :: supervisor_word != seen -> seen = 0
        fi
#else
        edge = true;
#ifdef CLEARS_ANY_SLEEP
        supervisor_word = 0
#else
        d_step { if :: supervisor_word == seen -> supervisor_word = AWAKE(seen) :: else fi; seen = 0 }
#endif
#endif
     fi
  fi
}

inline work() {
  do
  :: task_read < task_written[me] ->
     /* the function runs, and the task's room is given back when its result is published */
     do
     :: result_written[me] - result_read[me] < ROOM -> break
     :: else -> worker_sleep(FOR_ROOM, result_written[me] - result_read[me] < ROOM)
     od;
#ifdef RINGS_BEFORE_IT_PUBLISHES
     ring_supervisor();
     result_written[me]++;
#else
     result_written[me]++;
     ring_supervisor();
#endif
     task_read++
  :: else -> worker_sleep(FOR_TASKS, task_read < task_written[me])
  od
}

proctype worker(byte me) {
  byte task_read, seen;
  bool looked;
  do
  :: { work() } unless { killed[me] || stopped[me] };
     if
     :: killed[me] ->
        notice[me] = true;
        refilled[me];
        d_step { killed[me] = false; refilled[me] = false; task_read = 0; seen = 0 }
     :: else -> false /* stopped, for good */
     fi
  od
}

/* ---- supervisor ---- */

inline collect(w) {
  do
  :: d_step { result_read[w] < result_written[w] -> result_read[w]++; delivered++ };
     ring_worker(w, FOR_ROOM)
  :: result_read[w] == result_written[w] -> break
  od
}

inline ring_worker(w, reason) {
  if
  :: worker_word[w] == reason ->
     if
     :: d_step { worker_word[w] == reason -> worker_word[w] = 0 }; in_futex[w] = false
     :: worker_word[w] != reason
     fi
  :: else
  fi
}

/* Runs no instruction of the worker any more: what it published is final. */
inline recover(w) {
  collect(w);
  skip; /* a loop may not end at a d_step */
  d_step {
    waiting = waiting + task_written[w] - result_read[w];
    task_written[w] = 0; result_written[w] = 0; result_read[w] = 0;
    worker_word[w] = 0; in_futex[w] = false; notice[w] = false;
    refilled[w] = true
  }
}

inline give(w) {
  do
  :: waiting > 0 && task_written[w] - result_read[w] < DEPTH ->
     d_step { waiting--; task_written[w]++ };
     ring_worker(w, FOR_TASKS)
  :: else -> break
  od
}

inline any_bit(answer) {
  d_step { answer = false; for (i : 0 .. WORKERS - 1) { answer = answer || ready_bit[i] }; i = 0 }
}

active proctype supervisor() {
  byte i, w;
  bool looked;
  do
  :: delivered == TASKS -> break
  :: else ->
     for (w : 0 .. WORKERS - 1) {
       if :: ready_bit[w] -> ready_bit[w] = false; collect(w) :: else fi
     }
     /* A look at the kernel without waiting takes the edge off, at times. */
     if :: edge = false :: skip fi;
     for (w : 0 .. WORKERS - 1) {
       if :: notice[w] -> recover(w) :: else fi
     }
     for (w : 0 .. WORKERS - 1) { give(w) }

#ifdef LOOKS_BEFORE_IT_SAYS
     any_bit(looked);
#endif
#ifdef KEEPS_ITS_SLEEP
     if :: !ASLEEP(supervisor_word) -> supervisor_word = NEXT_SLEEP(supervisor_word) :: else fi;
#else
     supervisor_word = NEXT_SLEEP(supervisor_word);
#endif
#ifndef LOOKS_BEFORE_IT_SAYS
     any_bit(looked);
#endif
     if
     :: looked -> skip
     :: else ->
#ifdef DEAF_TO_DEATHS
        edge
#else
        (edge || notice[0] || notice[1])
#endif
        ; edge = false
     fi;
     /* In somebody else's event loop the word stays as it is until the next sleep. */
     if
     :: d_step { if :: ASLEEP(supervisor_word) -> supervisor_word = AWAKE(supervisor_word) :: else fi }
     :: skip
     fi
  od
}

/* ---- the rest of the world ---- */

/* Signals come at any moment, or do not come. */
active proctype killer() {
  byte kills = KILLS, stops = STOPS;
  do
  :: d_step { kills > 0 && !killed[0] && !stopped[0] -> killed[0] = true; kills-- }
  :: d_step { kills > 0 && !killed[1] && !stopped[1] -> killed[1] = true; kills-- }
  :: d_step { stops > 0 && !killed[0] && !stopped[0] -> stopped[0] = true; stops-- }
  :: d_step { stops > 0 && !killed[1] && !stopped[1] -> stopped[1] = true; stops-- }
  od
}

init {
  byte i;
  for (i : 0 .. WORKERS - 1) { run worker(i) }
  /* Nothing can move any more. */
  byte excused = 0;
  timeout ->
  for (i : 0 .. WORKERS - 1) {
    if :: stopped[i] -> excused = excused + task_written[i] - result_read[i] :: else fi
  }
  assert(delivered + excused == TASKS)
}
