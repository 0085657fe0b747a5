#!/usr/bin/env python3
"""A small pre-fork server: a main process that keeps N workers, which share its listening socket.

    prefork_server.py PORT [WORKERS] [BREAK]

It speaks HTTP well enough for curl, and nothing of the protocol of the harness:

    revenant chaos --no-protocol --probe-tcp localhost:8080 -- ./prefork_server.py 8080 4

BREAK is something that such servers get wrong, to see how it is found: forgets-the-third, leaks,
stays (its workers do), deaf (to SIGTERM).
"""
import contextlib
import os
import signal
import socket
import sys


def serve(listener):
    """A worker: one connection at a time, until it is killed."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    while True:
        connection, _ = listener.accept()
        with connection:
            connection.settimeout(5)
            try:
                while not connection.recv(65536).endswith((b"", b"\r\n\r\n")):
                    pass
                connection.sendall(b"HTTP/1.0 200 OK\r\n\r\nserved by %d\n" % os.getpid())
            except OSError:
                pass  # the client went away, or was too slow


def start_worker(listener):
    pid = os.fork()
    if pid == 0:
        serve(listener)
    return pid


def main():
    port = int(sys.argv[1])
    strength = int(sys.argv[2]) if len(sys.argv) > 2 else 4
    broken = sys.argv[3] if len(sys.argv) > 3 else ""
    listener = socket.create_server(("127.0.0.1", port), backlog=128)
    workers = {start_worker(listener) for _ in range(strength)}
    deaths = 0

    def end(_signal, _frame):
        if broken == "deaf":
            return
        for pid in workers if broken != "stays" else ():
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGTERM)
        sys.exit(0)

    signal.signal(signal.SIGTERM, end)
    print(f"{strength} workers on port {port}", flush=True)
    while True:
        dead, _ = os.wait()
        deaths += 1
        workers.discard(dead)
        if broken == "leaks":
            os.dup(listener.fileno())
        if broken == "forgets-the-third" and deaths == 3:
            continue
        workers.add(start_worker(listener))


if __name__ == "__main__":
    main()
