#!/usr/bin/env python3
"""A program for `revenant pool --exec`: a line on descriptor 3 is a task, a line back its answer.

revenant pool --ops echo,crc32 --says-ready --exec ./worker.py
"""
import json
import zlib

WORK = {
    "echo": lambda arg: arg,
    "crc32": lambda arg: zlib.crc32(arg.encode()),
}

with open(3, "r+b", buffering=0) as channel:

    def say(message):
        channel.write(json.dumps(message).encode() + b"\n")

    say({"type": "ready"})
    for line in channel:
        task = json.loads(line)
        try:
            say({"id": task["id"], "value": WORK[task["op"]](task["arg"])})
        except Exception as error:  # the task's own failure, not the worker's
            say({"id": task["id"], "error": repr(error)})
