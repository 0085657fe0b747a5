/* Which tasks a worker has begun: pool/src/started_words.h, ring.h and Dispatcher::take_back, with the
   worker killed at any step.

   A supervisor gives TASKS tasks to one worker, at most DEPTH at a time, and at any moment takes back
   those that are not begun (TAKES times); each of them it then gives to somebody else or to the same
   worker again. KILLS kills hit the worker at any step; its slot is recovered and filled again.

   Claims, asserted where they could be broken:
     the worker begins no task that was taken back, and reads the record that it has begun;
     at its death at most one task is in doubt, and it is the one that was running;
     every task has one outcome, and one that no death touched has one execution.

   One statement is one step that another process can see. Each flag below breaks the protocol in one
   place, and one of the claims with it:

     KEEPS_THE_EPOCH       taking back reads the count and leaves the epoch as it is
     LOOKS_BEFORE_IT_OPENS taking back reads the count first and opens the epoch then
     DECIDES_ALONE         the supervisor decides by a store, whatever the worker has decided
     HIDES_NOTHING         the ring's index is not set back before the exchange, only after it
     REMEMBERS_THE_RING    a worker that sees a new epoch keeps what it knew of the ring's index
     LOOKS_BEFORE_IT_SAYS  a worker looks at the epoch first and counts up then
     GOES_ON_IN_DISPUTE    a worker that finds the epoch undecided takes the task for its own
     OLD_EPOCHS_COUNT      recovery believes the worker's count whatever its epoch
     PUBLISHES_LATE        a worker publishes a result only when it has begun the next task
     BLAMES_NOBODY         recovery takes the running task for one that was not begun */

#ifndef TASKS
#define TASKS 3
#endif
#ifndef DEPTH
#define DEPTH 2
#endif
#ifndef TAKES
#define TAKES 2
#endif
#ifndef KILLS
#define KILLS 1
#endif
#define RING 4 /* records of one length; more than DEPTH, so that there is always room */
#define NOBODY 255

/* The mailbox. */
byte ring[RING];
byte written = 0;                       /* the ring's index */
/* Two words; each changes in one step. */
byte begun_count = 0, begun_epoch = 0;
byte kept_count = 0, kept_epoch = 0; bool kept_undecided = false;
byte published = 0;                     /* results, in order */

/* Processes. */
bool killed = false, notice = false, refilled = false;

/* What really happened, seen by nobody in it. */
byte running = NOBODY;      /* the task whose function runs, or whose result is not published */
byte executions[TASKS], blames[TASKS], outcomes[TASKS];
bool with_worker[TASKS];    /* given, and not taken back */

/* ---- worker ---- */

inline execute() {
  /* The record is read where it stands. */
  d_step {
    running = ring[position % RING];
    assert(running != NOBODY);
    assert(with_worker[running]);
    executions[running]++
  }
}

inline publish() { d_step { published++; running = NOBODY } }

inline look_at_kept() {
  d_step { seen_count = kept_count; seen_epoch = kept_epoch; seen_undecided = kept_undecided }
}

inline say_begun(next) { d_step { begun_count = next; begun_epoch = epoch } }

inline dispute() {
  do
  :: seen_undecided ->
#ifdef GOES_ON_IN_DISPUTE
     seen_count = count + 1; seen_undecided = false
#else
     /* One exchange. */
     d_step {
       if
       :: kept_undecided && kept_epoch == seen_epoch -> kept_count = count; kept_undecided = false
       :: else
       fi;
       seen_count = kept_count; seen_epoch = kept_epoch; seen_undecided = kept_undecided
     }
#endif
  :: else -> break
  od;
  begun = (seen_count != count);
  d_step { count = seen_count; epoch = seen_epoch };
  say_begun(count)
}

inline begin() {
#ifdef LOOKS_BEFORE_IT_SAYS
  look_at_kept();
  say_begun(count + 1);
#else
  say_begun(count + 1);
  look_at_kept();
#endif
  if
  :: seen_epoch == epoch -> d_step { count++; begun = true }
  :: else -> dispute()
  fi;
  d_step { seen_count = 0; seen_epoch = 0; seen_undecided = false }
}

inline work() {
  do
  :: d_step {
       if
       :: kept_epoch != ring_epoch ->
          ring_epoch = kept_epoch;
#ifndef REMEMBERS_THE_RING
          written_seen = position
#endif
       :: else
       fi;
       epoch = kept_epoch
     };
     if
     :: written_seen > position -> skip
     :: else -> written_seen = written /* the index is read only when the ring looks empty */
     fi;
     if
     :: written_seen <= position ->
#ifdef PUBLISHES_LATE
        if :: running != NOBODY -> publish() :: else fi;
#endif
        /* asleep; bell.h and its own model see to it that it wakes */
        (written > position || kept_epoch != epoch)
     :: else ->
        begin();
        if
        :: begun ->
#ifdef PUBLISHES_LATE
           if :: running != NOBODY -> published++ :: else fi;
#endif
           execute();
#ifdef PUBLISHES_LATE
           if :: written > position + 1 -> skip :: else -> publish() fi;
#else
           publish();
#endif
           position++
        :: else
        fi
     fi
  od
}

proctype worker() {
  byte position, written_seen, ring_epoch, count, epoch;
  byte seen_count, seen_epoch;
  bool seen_undecided, begun;
  do
  :: { work() } unless { killed };
     notice = true;
     refilled;
     d_step {
       killed = false; refilled = false; begun = false;
       position = 0; written_seen = 0; ring_epoch = 0; count = 0; epoch = 0;
       seen_count = 0; seen_epoch = 0; seen_undecided = false
     }
  od
}

/* ---- supervisor ---- */

/* The ledger. */
bool waiting[TASKS];
byte open = TASKS;
/* Dispatched tasks, oldest first. Their positions follow from it, as all records are of one length. */
byte given[DEPTH], size = 0;

inline deliver(task) {
  outcomes[task]++;
  assert(outcomes[task] == 1);
  open--
}

inline pop_oldest() {
  for (i : 1 .. DEPTH - 1) { given[i - 1] = given[i] }
  i = 0;
  given[DEPTH - 1] = NOBODY;
  size--
}

inline give() {
  d_step {
    select_waiting();
    given[size] = task; size++;
    waiting[task] = false; with_worker[task] = true;
    ring[end % RING] = task; end++; task = 0
  };
  written = end
}

inline select_waiting() {
  task = 0;
  do
  :: !waiting[task] -> task++
  :: else -> break
  od
}

inline any_waiting(answer) {
  answer = false;
  for (i : 0 .. TASKS - 1) { answer = answer || waiting[i] };
  i = 0
}

inline collect_one() {
  d_step {
    assert(size > 0);
    task = given[0]; pop_oldest();
    finished++; with_worker[task] = false;
    deliver(task);
    /* One execution for each death that it was blamed for, and the one that counts. */
    assert(executions[task] == blames[task] + 1);
    task = 0
  }
}

/* Puts dispatched tasks from the first-th on back into the queue. */
inline move_on(first) {
  do
  :: size > first ->
     size--; task = given[size]; given[size] = NOBODY;
     with_worker[task] = false; waiting[task] = true
  :: else -> break
  od;
  task = 0
}

/* What the worker says, or the last decision where it has said nothing since. */
inline decide() {
  d_step {
#if defined(KEEPS_THE_EPOCH) || defined(LOOKS_BEFORE_IT_OPENS)
    begun_tasks = begun_count
#else
    if
    :: begun_epoch == kept_epoch - 1 -> begun_tasks = begun_count
    :: else -> begun_tasks = before_count
    fi
#endif
  }
}

inline take_back() {
#ifndef HIDES_NOTHING
  written = end - size;
#endif
#ifdef LOOKS_BEFORE_IT_OPENS
  decide();
#endif
#ifndef KEEPS_THE_EPOCH
  d_step { before_count = kept_count; kept_epoch++; kept_undecided = true; kept_count = 0 };
#endif
#ifndef LOOKS_BEFORE_IT_OPENS
  decide();
#endif
#ifndef KEEPS_THE_EPOCH
  d_step {
#ifndef DECIDES_ALONE
    if
    :: kept_undecided -> kept_count = begun_tasks; kept_undecided = false
    :: else -> begun_tasks = kept_count
    fi
#else
    kept_count = begun_tasks; kept_undecided = false
#endif
  };
#endif
  d_step { begun_tasks = begun_tasks - finished; before_count = 0 };
  if
  :: begun_tasks >= size -> skip
  :: else -> d_step { end = end - (size - begun_tasks); move_on(begun_tasks); begun_tasks = 0 }
  fi;
  begun_tasks = 0;
  written = end
}

/* The worker runs no instruction any more. */
inline recover() {
  do
  :: published > finished -> collect_one()
  :: else -> break
  od;
  skip; /* a loop may not end at a d_step */
  d_step {
#ifndef OLD_EPOCHS_COUNT
    begun_tasks = (begun_epoch == kept_epoch -> begun_count : kept_count) - finished;
#else
    begun_tasks = begun_count - finished;
#endif
    assert(begun_tasks <= 1);
#ifdef BLAMES_NOBODY
    begun_tasks = 0;
#endif
    assert(begun_tasks == 1 || running == NOBODY);
    move_on(begun_tasks);
    if
    :: begun_tasks == 1 ->
       task = given[0];
       /* Begun, and dead before or in its function. */
       assert(running == NOBODY || running == task);
       if :: running == task -> blames[task]++ :: else fi;
       move_on(0)
    :: else
    fi;
    begun_tasks = 0; running = NOBODY;
    finished = 0; end = 0; written = 0; published = 0;
    begun_count = 0; begun_epoch = 0; kept_count = 0; kept_epoch = 0;
    for (i : 0 .. RING - 1) { ring[i] = NOBODY };
    i = 0;
    notice = false; refilled = true
  }
}

active proctype supervisor() {
  byte i, task, begun_tasks, before_count, end, finished;
  byte takes = TAKES;
  bool has_waiting;
  d_step {
    for (i : 0 .. TASKS - 1) { waiting[i] = true };
    for (i : 0 .. RING - 1) { ring[i] = NOBODY };
    for (i : 0 .. DEPTH - 1) { given[i] = NOBODY };
    i = 0
  };
  run worker();
  do
  :: open == 0 -> break
  :: else ->
     d_step { any_waiting(has_waiting) };
     if
     :: notice -> recover()
     :: published > finished -> collect_one()
     :: has_waiting && size < DEPTH -> give()
     /* to somebody else, who does it */
     :: has_waiting && takes < TAKES ->
        d_step {
          select_waiting(); waiting[task] = false; executions[task]++;
          deliver(task);
          assert(executions[task] == blames[task] + 1);
          task = 0
        }
     :: takes > 0 && size > 0 -> takes--; take_back()
     fi
  od
}

active proctype killer() {
  byte kills = KILLS;
  do
  :: d_step { kills > 0 && !killed -> killed = true; kills-- }
  od
}

init {
  /* Nothing can move any more. */
  timeout -> assert(open == 0)
}
