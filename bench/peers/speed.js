// How many tasks a second a Node pool carries.
'use strict';

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
  const begin = process.hrtime.bigint();
  await Promise.all(Array.from({length: window}, lane));
  const seconds = Number(process.hrtime.bigint() - begin) / 1e9;
  answers.forEach((answer, n) => {
    if (answer !== tasks[n].slice(0, 8)) throw new Error(`task ${n} was answered ${answer}`);
  });
  return seconds;
}

// Two runs in which the workers start and warm up, then runs of growing length; the last of them,
// which takes about `seconds`, is the figure.
exports.speed = async (submit, work, window, seconds) => {
  for (let i = 0; i < 2; ++i) await run(submit, payloads(4 * window, 'n'), window);
  for (let tasks = 2 * window;;) {
    const taken = await run(submit, payloads(tasks, work[0]), window);
    if (taken >= 0.7 * seconds) return {tasks, seconds: taken};
    tasks = Math.ceil(tasks * Math.min(10, Math.max(1.5, seconds / taken)));
  }
};
