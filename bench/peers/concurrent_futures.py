#!/usr/bin/env -S python3 -B
"""ProcessPoolExecutor as the library's documentation has it: ProcessPoolExecutor(N) and map()."""

import concurrent.futures

import measure
from work import work


class Pool:
    def __init__(self, workers):
        self.executor = concurrent.futures.ProcessPoolExecutor(workers)

    def map(self, tasks, chunk):
        return list(self.executor.map(work, tasks, chunksize=chunk))

    def submit(self, task, answered, failed):
        def settled(future):
            if future.exception() is None:
                answered(future.result())
            else:
                failed(future.exception())

        self.executor.submit(work, task).add_done_callback(settled)


if __name__ == "__main__":
    measure.peer("concurrent.futures.ProcessPoolExecutor", Pool)
