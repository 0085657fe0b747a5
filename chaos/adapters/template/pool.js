#!/usr/bin/env node
// A pool in Node as a target: copy it, and put your own where Pool stands.
//   revenant chaos --op sleep -- ./pool.js
'use strict';

const { fork } = require('child_process');
const readline = require('readline');

// Runs in a worker. Here stands what your workers do; the harness knows these.
function work(op, arg) {
  if (op === 'echo') return arg;
  if (op === 'sleep') return new Promise((resolve) => setTimeout(resolve, arg, arg));
  if (op === 'die') {
    if ('exit' in arg) process.exit(arg.exit);
    process.kill(process.pid, arg.signal);
  }
  return undefined;
}

if (process.send) {
  process.on('message', async ({ op, arg }) => process.send({ value: await work(op, arg) }));
  process.send('ready');
} else {
  serve(new Pool(2));
}

// One task at a time on each worker; a task whose worker dies goes to another, three times in all.
function Pool(size) {
  const ATTEMPTS_MAX = 3;
  const idle = [];
  const queue = [];
  let ending = false;

  const give = () => {
    while (idle.length > 0 && queue.length > 0) idle.pop().take(queue.shift());
  };

  const start = () => {
    const child = fork(__filename);
    let current = null;
    const worker = {
      child,
      take: (task) => child.send(current = task),
    };
    child.on('error', () => {});
    child.on('message', ({ value }) => {
      if (current) current.done(null, value);
      current = null;
      idle.push(worker);
      give();
    });
    child.on('exit', () => {
      const at = idle.indexOf(worker);
      if (at >= 0) idle.splice(at, 1);
      if (current && (current.attempts += 1) < ATTEMPTS_MAX) queue.unshift(current);
      else if (current) current.done(new Error('its workers died'));
      if (!ending) start();
    });
  };

  this.submit = (op, arg, done) => {
    queue.push({ op, arg, done, attempts: 0 });
    give();
  };
  this.end = () => {
    ending = true;
    idle.forEach(({ child }) => child.disconnect());
  };
  for (let i = 0; i < size; i++) start();
}

function serve(pool) {
  const say = (message) => process.stdout.write(JSON.stringify(message) + '\n');
  let open = 0;
  let ended = false;
  const leave = () => ended && open === 0 && pool.end();
  readline.createInterface({ input: process.stdin })
    .on('line', (line) => {
      const { id, op, arg } = JSON.parse(line);
      open += 1;
      pool.submit(op, arg, (error, value) => {
        say(error ? { type: 'failed', id, reason: error.message } : { type: 'result', id, value });
        open -= 1;
        leave();
      });
    })
    .on('close', () => {
      ended = true;
      leave();
    });
  say({ type: 'ready', ops: ['echo', 'sleep', 'die'] });
}
