"""What the Python peers are asked, whichever pool they are: `PEER --version`, or
`PEER --work noop|wait|kill --workers N --seconds S --chunk N`. The answer is a line on standard
output."""

import argparse
import json
import os
import platform
import time

import kill


def payloads(count, kind):
    return [b"%08d%s" % (n, kind) + b"." * 55 for n in range(count)]


def run(map_all, tasks):
    """Seconds from the first task handed over to the last answer; the answers are checked."""
    begin = time.monotonic()
    answers = map_all(tasks)
    seconds = time.monotonic() - begin
    if answers != [task[:8] for task in tasks]:
        raise SystemExit("a task was answered with what is not its number")
    return seconds


def speed(map_all, work, workers, chunk, seconds):
    """Two runs in which the workers start and warm up, then runs of growing length, each length
    three times: by the third the memory for so many answers is there. The last of them, which
    takes about `seconds`, is the figure."""
    tasks = 4 * workers * chunk
    for _ in range(2):
        run(map_all, payloads(tasks, b"n"))
    while True:
        asked = payloads(tasks, work[:1].encode())
        for _ in range(3):
            taken = run(map_all, asked)
        if taken >= 0.7 * seconds:
            return {"tasks": tasks, "seconds": taken}
        tasks = int(tasks * min(10, max(1.5, seconds / taken))) + 1


def peer(name, pool):
    """`pool(workers)` has map(tasks, chunk), which returns the answers, and
    submit(task, answered, failed), which calls back."""
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--version", action="store_true")
    arguments.add_argument("--work", choices=["noop", "wait", "kill"])
    arguments.add_argument("--workers", type=int, default=1)
    arguments.add_argument("--seconds", type=float, default=0.3)
    arguments.add_argument("--chunk", type=int, default=1)
    asked = arguments.parse_args()
    if asked.version:
        print(f"{name}, Python {platform.python_version()}")
        return
    pool = pool(asked.workers)
    if asked.work == "kill":
        answer = kill.kill(pool.submit)
    else:
        answer = speed(lambda tasks: pool.map(tasks, asked.chunk), asked.work, asked.workers,
                       asked.chunk, asked.seconds)
    print(json.dumps(answer), flush=True)
    # A pool that has lost a task would wait for it for ever; the workers are ended by the caller.
    os._exit(0)
