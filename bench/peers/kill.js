// One SIGKILL to a busy worker of a Node pool, and what becomes of the tasks.
'use strict';

const kTasks = 40;
const kTasksAfterwards = 10;
const kSilenceMs = 3000;

const sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

// Submits `count` tasks of 20 ms. `counts` grows as answers and errors come; `answered` is told
// each answer's process.
function submitAll(submit, count, answered) {
  const counts = {completed: 0, failed: 0, last: performance.now()};
  for (let n = 0; n < count; ++n) {
    const number = String(n).padStart(8, '0');
    submit(`${number}k${'.'.repeat(55)}`).then((answer) => {
      const [which, pid] = answer.split(' ');
      counts.last = performance.now();
      if (which !== number) return ++counts.failed;
      answered(Number(pid), ++counts.completed);
    }).catch(() => {
      counts.last = performance.now();
      ++counts.failed;
    });
  }
  return counts;
}

async function untilSettledOrSilent(counts, count) {
  while (counts.completed + counts.failed < count &&
         performance.now() - counts.last < kSilenceMs) {
    await sleep(1);
  }
}

exports.kill = async (submit) => {
  const seen = new Set();
  let planned = false;
  let killed = 0;
  let next = -1;
  let fresh = -1;
  const counts = submitAll(submit, kTasks, (pid, completed) => {
    const since = performance.now() - killed;
    if (killed && next < 0) next = since;
    if (killed && fresh < 0 && !seen.has(pid)) fresh = since;
    seen.add(pid);
    if (planned || completed < 4 || seen.size < 2) return;
    planned = true;
    // Half of a task later the process is in the middle of its next.
    setTimeout(() => {
      killed = performance.now();
      process.kill(pid, 'SIGKILL');
    }, 10);
  });
  await untilSettledOrSilent(counts, kTasks);

  // A pool may hand a task to its dead worker, and raise an error that nobody awaits: the end of a
  // program without such a handler.
  let ended = '';
  process.on('uncaughtException', (error) => ended ||= error.message);
  const after = new Set();
  const later = submitAll(submit, kTasksAfterwards, (pid) => after.add(pid));
  await untilSettledOrSilent(later, kTasksAfterwards);
  return {
    tasks: kTasks,
    completed: counts.completed,
    failed: counts.failed,
    next_result_ms: next,
    new_worker_ms: fresh,
    completed_afterwards: later.completed,
    tasks_afterwards: kTasksAfterwards,
    workers_afterwards: after.size,
    program_ended: ended,
  };
};
