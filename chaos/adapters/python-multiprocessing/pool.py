#!/usr/bin/env python3
"""multiprocessing.Pool, with apply_async and its two callbacks."""
import functools
import multiprocessing
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "protocol"))
import target  # noqa: E402
from work import perform  # noqa: E402


def main():
    serving = target.Target()
    pool = multiprocessing.Pool(target.workers("multiprocessing.Pool"))

    def submit(task):
        pool.apply_async(
            perform,
            (task["op"], task.get("arg")),
            callback=functools.partial(serving.result, task),
            error_callback=functools.partial(serving.failed, task),
        )

    if serving.serve(submit):
        pool.close()
        pool.join()
    else:
        pool.terminate()


if __name__ == "__main__":
    main()
