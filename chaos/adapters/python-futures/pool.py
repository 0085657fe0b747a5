#!/usr/bin/env python3
"""concurrent.futures.ProcessPoolExecutor, with submit and add_done_callback."""
import concurrent.futures
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "protocol"))
import target  # noqa: E402
from work import perform  # noqa: E402


def main():
    serving = target.Target()

    def answer(task, future):
        error = future.exception()
        if error is None:
            serving.result(task, future.result())
        else:
            serving.failed(task, error)

    with concurrent.futures.ProcessPoolExecutor(target.workers("concurrent.futures.ProcessPoolExecutor")) as executor:

        def submit(task):
            try:
                future = executor.submit(perform, task["op"], task.get("arg"))
            except concurrent.futures.BrokenExecutor as error:
                serving.failed(task, error)
                return
            future.add_done_callback(lambda done: answer(task, done))

        serving.serve(submit)


if __name__ == "__main__":
    main()
