/* Who sees a result that nobody rings for: pool/src/streaming.h, with a worker whose stores reach the
   others late.

   A worker publishes RESULTS results, one store each into a store buffer that empties at any later
   moment, or at a fence. After each it looks at the word `streaming`. If that says that results
   stream it rings for none but every TOGETHER-th; else it fences and rings. Behind any result it may
   stay in its next task for ever. The supervisor goes to sleep when it has nothing to do, and may
   begin to stream at any moment when it is awake (STREAMS times).

   Claim: when nothing can move any more the supervisor has seen everything that was published.

   Each flag breaks the protocol in one place:

     LOOKS_FIRST       the worker looks at the word and then publishes
     NO_BARRIER        the supervisor takes the word back and does not fence the worker
     BARRIER_FIRST     it fences the worker first and then takes the word back
     DOES_NOT_LOOK     it takes the word back, fences, and sleeps without looking at the ring
     NEVER_FENCES      the worker does without a fence whatever the word says */

#ifndef RESULTS
#define RESULTS 4
#endif
#ifndef STREAMS
#define STREAMS 2
#endif
#define TOGETHER 2

byte published = 0;              /* in memory: what the supervisor can see */
byte buffered = 0;               /* in the worker's store buffer: 0 is empty, else the newest value */
bool streaming = false, rung = false, asleep = false, bell = false;
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
  byte unrung = 0;
  bool streams;
  do
  :: written == RESULTS -> break
  :: written < RESULTS ->
#ifdef LOOKS_FIRST
     streams = streaming;
     publish();
#else
     publish();
     streams = streaming;
#endif
     unrung++;
     if
     :: streams && unrung < TOGETHER && written < RESULTS ->
        if
        :: skip
        :: break /* the next task never ends */
        fi
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
     streaming = false;
#else
     streaming = false;
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

active proctype supervisor() {
  bool streams = false, found = false;
  byte left = STREAMS;
  do
  :: left > 0 && !streams -> left--; streams = true; streaming = true
  :: rung -> rung = false; look(); found = false
  :: !rung ->
     end_streaming();
     if
     :: found -> found = false /* something to do: not asleep */
     :: else ->
        asleep = true;
        /* Its own full fence; then it looks again, and sleeps in the kernel. */
        if
        :: rung -> skip
        :: else -> bell; bell = false
        fi;
        asleep = false
     fi
  od
}

init {
  /* Nothing can move any more. */
  timeout -> assert(seen == written)
}
