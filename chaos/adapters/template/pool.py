#!/usr/bin/env python3
"""A pool in Python as a target: copy it, and put your own where the executor is.

revenant chaos -- ./pool.py
"""
import concurrent.futures
import json
import os
import sys
import threading
import time
import zlib


def work(op, arg):
    """Runs in a worker. Here stands what your workers do; the harness knows these."""
    if op == "echo":
        return arg
    if op == "crc32":
        return zlib.crc32(arg.encode())
    if op == "sleep":
        time.sleep(arg / 1000)
        return arg
    if op == "die":
        os._exit(arg["exit"]) if "exit" in arg else os.kill(os.getpid(), arg["signal"])
    raise ValueError(f"unknown operation {op}")


says = threading.Lock()


def say(message):
    with says:
        print(json.dumps(message), flush=True)


def answer(task, future):
    error = future.exception()
    if error is None:
        say({"type": "result", "id": task["id"], "value": future.result()})
    else:
        say({"type": "failed", "id": task["id"], "reason": repr(error)})


if __name__ == "__main__":
    with concurrent.futures.ProcessPoolExecutor(2) as pool:
        say({"type": "ready", "ops": ["echo", "crc32", "sleep", "die"]})
        for line in sys.stdin:
            task = json.loads(line)
            try:
                future = pool.submit(work, task["op"], task["arg"])
            except concurrent.futures.BrokenExecutor as error:
                say({"type": "failed", "id": task["id"], "reason": repr(error)})
                continue
            future.add_done_callback(lambda future, task=task: answer(task, future))
