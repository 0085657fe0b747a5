/* Who sees a result that nobody rings for: pool/src/streaming.h, with a worker whose stores reach the
   others late.

   A worker publishes RESULTS results, one store each into a store buffer that empties at any later
   moment, or at a fence. After each it looks at the supervisor's word. If that says that results
   stream it rings for none but every TOGETHER-th; else it fences and rings. Behind any result it may
   stay in its next task for ever. The supervisor goes to sleep when it has nothing to do, and may
   begin to stream or to nap at any moment when it is awake (STREAMS times in all).

   In a nap the worker rings for its last result alone. A nap ends with its time; but it may last as
   long as the worker has something to do, and no result that is rung for may wait for its end: here
   the time of a nap is up at once, or not before the worker stays in a task.

   Claim: when nothing can move any more the supervisor has seen everything that was published.

   Each flag breaks the protocol in one place:

     LOOKS_FIRST       the worker looks at the word and then publishes
     NO_BARRIER        the supervisor takes the word back and does not fence the worker
     BARRIER_FIRST     it fences the worker first and then takes the word back
     DOES_NOT_LOOK     it takes the word back, fences, and sleeps without looking at the ring
     NEVER_FENCES      the worker does without a fence whatever the word says
     NEVER_RINGS       in a nap the worker does not ring for its last result either
     SLEEPS_ON         a nap that was begun has no end: the supervisor sleeps as if nothing streamed */

#ifndef RESULTS
#define RESULTS 4
#endif
#ifndef STREAMS
#define STREAMS 2
#endif
#define TOGETHER 2

#define STREAMING 1
#define NAPPING 2

byte published = 0;              /* in memory: what the supervisor can see */
byte buffered = 0;               /* in the worker's store buffer: 0 is empty, else the newest value */
byte word = 0;
bool rung = false, asleep = false, bell = false;
bool stays = false;              /* the worker, in its task, for ever */
byte written = 0;                /* what the worker has published, as it sees it */
byte seen = 0;                   /* what the supervisor has seen */

inline drain() { d_step { if :: buffered != 0 -> published = buffered; buffered = 0 :: else fi } }

/* The processor of the worker empties its buffer when it likes to. */
active proctype store_buffer() {
  do
  :: d_step { buffered != 0 -> published = buffered; buffered = 0 }
  od
}

inline fence() {
#ifndef NEVER_FENCES
  drain()
#else
  skip
#endif
}

inline publish() { d_step { written++; buffered = written } }

inline ring() {
  /* As in sleep_wake.pml, where its own order is the question: the exchange is a fence. */
  unrung = 0;
  fence();
  if
  :: rung -> skip
  :: else ->
     d_step { drain_and_set() };
     if :: asleep -> bell = true :: else fi
  fi
}

inline drain_and_set() {
  if :: buffered != 0 -> published = buffered; buffered = 0 :: else fi;
  rung = true
}

active proctype worker() {
  byte unrung = 0, said;
  do
  :: written == RESULTS -> break
  :: written < RESULTS ->
#ifdef LOOKS_FIRST
     said = word;
     publish();
#else
     publish();
     said = word;
#endif
     unrung++;
     if
     :: said != 0 && written < RESULTS && (unrung < TOGETHER || said == NAPPING) ->
        if
        :: skip
        :: stays = true; break
        fi
#ifdef NEVER_RINGS
     :: said == NAPPING && written == RESULTS -> skip
#endif
     :: else -> ring()
     fi
  od
}

inline look() { d_step { if :: published > seen -> seen = published; found = true :: else fi } }

inline end_streaming() {
  if
  :: streams ->
     streams = false;
#ifdef BARRIER_FIRST
     drain();
     word = 0;
#else
     word = 0;
#ifndef NO_BARRIER
     drain();
#endif
#endif
#ifndef DOES_NOT_LOOK
     look()
#endif
  :: else
  fi
}

/* Sleeps on the bell. `time_is_up` may become true, or never. */
inline sleep_until(time_is_up) {
  asleep = true;
  /* Its own full fence; then it looks again, and sleeps in the kernel. */
  if
  :: rung -> skip
  :: else ->
     if
     :: bell -> bell = false
     :: time_is_up -> skip
     fi
  fi;
  asleep = false
}

inline nap() {
  streams = true;
  word = NAPPING;
  if
  :: skip /* a nap of no time */
  :: skip ->
#ifdef SLEEPS_ON
     sleep_until(false)
#else
     sleep_until(stays)
#endif
  fi;
  look();
  found = false
}

active proctype supervisor() {
  bool streams = false, found = false;
  byte left = STREAMS;
  do
  :: left > 0 && !streams -> left--; streams = true; word = STREAMING
  :: left > 0 -> left--; nap()
  :: rung -> rung = false; look(); found = false
  :: !rung ->
     end_streaming();
     if
     :: found -> found = false /* something to do: not asleep */
     :: else -> sleep_until(false)
     fi
  od
}

init {
  /* Nothing can move any more. */
  timeout -> assert(seen == written)
}
