"""The target protocol, for pools that run in Python (chaos/PROTOCOL.md)."""
import argparse
import json
import platform
import sys
import threading
import time

from work import OPERATIONS

# How long a task may go without an answer, at the end, when no other is answered either.
SILENCE_S = 1.0


class Target:
    """Answers may come from any thread."""

    def __init__(self):
        self._lock = threading.Lock()
        self._open = 0
        self._last_answer = time.monotonic()

    def _say(self, message):
        sys.stdout.write(json.dumps(message) + "\n")
        sys.stdout.flush()

    def _answer(self, message):
        with self._lock:
            self._say(message)
            self._open -= 1
            self._last_answer = time.monotonic()

    def result(self, task, value):
        self._answer({"type": "result", "id": task["id"], "value": value})

    def failed(self, task, error):
        self._answer({"type": "failed", "id": task["id"], "reason": repr(error)})

    def serve(self, submit):
        """Reads tasks and submits each, until the end of the input and of what can be answered.
        True if everything was."""
        self._say({"type": "ready", "ops": list(OPERATIONS)})
        for line in sys.stdin:
            with self._lock:
                self._open += 1
            submit(json.loads(line))
        self._last_answer = time.monotonic()
        while self._open > 0 and time.monotonic() - self._last_answer < SILENCE_S:
            time.sleep(0.01)
        return self._open == 0


def workers(name):
    parser = argparse.ArgumentParser()
    parser.add_argument("--workers", type=int, default=2)
    version = f"{name}, python {platform.python_version()}"
    parser.add_argument("--version", action="version", version=version)
    return parser.parse_args().workers
