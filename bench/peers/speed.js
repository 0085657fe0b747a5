// How many tasks a second a Node pool carries.
'use strict';

// The compiler of Node has done most of its work after so long: one second earlier the same pool
// carries half as many tasks.
const kWarmUpSeconds = 1;

const payloads = (count, kind) =>
  Array.from({length: count}, (_, n) => String(n).padStart(8, '0') + kind + '.'.repeat(55));

// Keeps `window` tasks open until all have their answer. Returns the seconds that took.
async function run(submit, tasks, window) {
  const answers = new Array(tasks.length);
  let next = 0;
  const lane = async () => {
    while (next < tasks.length) {
      const n = next++;
      answers[n] = await submit(tasks[n]);
    }
  };
  const begin = performance.now();
  await Promise.all(Array.from({length: window}, lane));
  const seconds = (performance.now() - begin) / 1000;
  answers.forEach((answer, n) => {
    if (answer !== tasks[n].slice(0, 8)) throw new Error(`task ${n} was answered ${answer}`);
  });
  return seconds;
}

// No-op tasks while the workers start and everything warms up, then runs of growing length; the
// last of them, which takes about `seconds`, is the figure.
exports.speed = async (submit, work, window, seconds) => {
  const warm = performance.now() + 1000 * kWarmUpSeconds;
  const noops = payloads(4 * window, 'n');
  do await run(submit, noops, window); while (performance.now() < warm);
  for (let tasks = 2 * window;;) {
    const taken = await run(submit, payloads(tasks, work[0]), window);
    if (taken >= 0.7 * seconds) return {tasks, seconds: taken};
    tasks = Math.ceil(tasks * Math.min(10, Math.max(1.5, seconds / taken)));
  }
};
