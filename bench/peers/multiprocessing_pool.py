#!/usr/bin/env -S python3 -B
"""multiprocessing.Pool as the library's documentation begins: Pool(processes=N) and map()."""

import multiprocessing

import measure
from work import work


class Pool:
    def __init__(self, workers):
        self.pool = multiprocessing.Pool(processes=workers)

    def map(self, tasks, chunk):
        return self.pool.map(work, tasks, chunksize=chunk)

    def submit(self, task, answered, failed):
        self.pool.apply_async(work, (task,), callback=answered, error_callback=failed)


if __name__ == "__main__":
    measure.peer("multiprocessing.Pool", Pool)
