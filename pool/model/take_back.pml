/* Which tasks a worker has begun: pool/src/started_word.h, ring.h and Dispatcher::take_back, with the
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
     HIDES_NOTHING         the ring's index is not set back before the exchange, only after it
     REMEMBERS_THE_RING    a worker that sees a new epoch keeps what it knew of the ring's index
     BEGINS_IN_TWO_STEPS   a worker looks at the word and then counts up, without an exchange
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
byte started_count = 0, started_epoch = 0; /* one word: both change in one step */
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

inline work() {
  do
  :: d_step {
       if
       :: started_epoch != epoch ->
          epoch = started_epoch;
#ifndef REMEMBERS_THE_RING
          written_seen = position
#endif
       :: else
       fi;
       count = started_count
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
        (written > position || started_epoch != epoch)
     :: else ->
#ifdef BEGINS_IN_TWO_STEPS
        if
        :: started_epoch == epoch -> started_count = count + 1; begun = true
        :: else -> begun = false
        fi;
#else
        d_step {
          begun = (started_count == count && started_epoch == epoch);
          if :: begun -> started_count++ :: else fi
        };
#endif
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
  byte position, written_seen, count, epoch;
  bool begun;
  do
  :: { work() } unless { killed };
     notice = true;
     refilled;
     d_step {
       killed = false; refilled = false; begun = false;
       position = 0; written_seen = 0; count = 0; epoch = 0
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

inline take_back() {
#ifndef HIDES_NOTHING
  written = end - size;
#endif
  d_step {
    begun_tasks = started_count - finished;
#ifndef KEEPS_THE_EPOCH
    started_epoch++
#endif
  };
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
    begun_tasks = started_count - finished;
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
    finished = 0; end = 0; written = 0; published = 0; started_count = 0; started_epoch = 0;
    for (i : 0 .. RING - 1) { ring[i] = NOBODY };
    i = 0;
    notice = false; refilled = true
  }
}

active proctype supervisor() {
  byte i, task, begun_tasks, end, finished;
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
