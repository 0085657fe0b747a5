"""The operations of the target protocol, for workers written in Python."""
import os
import time
import zlib


def _sleep(milliseconds):
    time.sleep(milliseconds / 1000)
    return milliseconds


def _spin(milliseconds):
    until = time.process_time() + milliseconds / 1000
    while time.process_time() < until:
        pass
    return milliseconds


def _record(arg):
    line = f"{arg['key']} {os.getpid()}\n".encode()
    file = os.open(arg["path"], os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
    try:
        os.write(file, line)
    finally:
        os.close(file)
    return arg["key"]


def _die(arg):
    if "exit" in arg:
        os._exit(arg["exit"])
    os.kill(os.getpid(), arg["signal"])


def _hang(_):
    while True:
        time.sleep(3600)


OPERATIONS = {
    "echo": lambda text: text,
    "crc32": lambda text: zlib.crc32(text.encode()),
    "sleep": _sleep,
    "spin": _spin,
    "record": _record,
    "die": _die,
    "hang": _hang,
}


def perform(op, arg):
    return OPERATIONS[op](arg)
