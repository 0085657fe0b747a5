"""The work, in a worker of either Python pool.

A payload is 64 bytes: the task's number in eight digits, the kind of work in one, filling. The
answer is the number; of the kind "k" also which process gave it.
"""

import os
import time


def work(payload):
    number = payload[:8]
    kind = payload[8:9]
    if kind == b"w":
        time.sleep(0.001)
    elif kind == b"k":
        time.sleep(0.020)
        return number + b" %d" % os.getpid()
    elif kind != b"n":
        raise ValueError(f"a task of no kind: {payload}")
    return number
