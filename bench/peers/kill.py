"""One SIGKILL to a busy worker of a Python pool, and what becomes of the tasks."""

import os
import queue
import signal
import time

TASKS = 40
TASKS_AFTERWARDS = 10
SILENCE_S = 3


def events_of(submit, count):
    """Submits `count` tasks of 20 ms; yields, until all are settled or nothing has come for a
    while, the process of each answer, and None for each error."""
    events = queue.Queue()

    def submit_one(n):
        number = b"%08d" % n

        def answered(answer):
            which, pid = answer.split()
            events.put(int(pid) if which == number else None)

        try:
            submit(number + b"k" + b"." * 55, answered, lambda error: events.put(None))
        except Exception:  # a pool that takes no more tasks says so here
            events.put(None)

    for n in range(count):
        submit_one(n)
    for _ in range(count):
        try:
            yield events.get(timeout=SILENCE_S)
        except queue.Empty:
            return


def milliseconds(seconds):
    return -1 if seconds is None else 1000 * seconds


def kill(submit):
    seen, completed, failed = set(), 0, 0
    killed = next_result = new_worker = None
    for pid in events_of(submit, TASKS):
        now = time.monotonic()
        if pid is None:
            failed += 1
            continue
        completed += 1
        if killed and next_result is None:
            next_result = now - killed
        if killed and new_worker is None and pid not in seen:
            new_worker = now - killed
        seen.add(pid)
        if completed >= 4 and len(seen) > 1 and not killed:
            # Half of a task later the process is in the middle of its next.
            time.sleep(0.010)
            killed = time.monotonic()
            os.kill(pid, signal.SIGKILL)

    afterwards = [pid for pid in events_of(submit, TASKS_AFTERWARDS) if pid is not None]
    return {
        "tasks": TASKS,
        "completed": completed,
        "failed": failed,
        "next_result_ms": milliseconds(next_result),
        "new_worker_ms": milliseconds(new_worker),
        "completed_afterwards": len(afterwards),
        "tasks_afterwards": TASKS_AFTERWARDS,
        "workers_afterwards": len(set(afterwards)),
        "program_ended": "",
    }
