// The target protocol, for pools that run in Node (chaos/PROTOCOL.md).
'use strict';

const fs = require('fs');
const path = require('path');
const readline = require('readline');
const { names } = require('./work');

// How long a task may go without an answer, at the end, when no other is answered either.
const SILENCE_MS = 1000;

const say = (message) => process.stdout.write(JSON.stringify(message) + '\n');

// The package, or the end of the program with a sentence that says how to get it.
exports.require = (name) => {
  try {
    return require(name);
  } catch (error) {
    if (error.code !== 'MODULE_NOT_FOUND') throw error;
    console.error(`${name} is not installed; chaos/adapters/install does it`);
    return process.exit(1);
  }
};

// The version of an installed package.
exports.versionOf = (name) => {
  const file = path.join(__dirname, '..', 'node_modules', name, 'package.json');
  return JSON.parse(fs.readFileSync(file)).version;
};

// `--version` prints what this is and does no more. To be called before a pool is made.
exports.introduce = (what) => {
  if (!process.argv.includes('--version')) return;
  console.log(`${what}, node ${process.versions.node}`);
  process.exit(0);
};

// `submit(op, arg)` gives a task to the pool and returns a promise of its value; `end()` ends the
// pool once all that can be answered is.
exports.serve = ({ submit, end }) => {
  let open = 0;
  let lastAnswer = Date.now();

  const answered = (message) => {
    say(message);
    open -= 1;
    lastAnswer = Date.now();
  };

  const leaveWhenDone = () => {
    if (open > 0 && Date.now() - lastAnswer < SILENCE_MS) return setTimeout(leaveWhenDone, 10);
    return Promise.resolve(end()).then(() => process.exit(0));
  };

  const begin = () => {
    say({ type: 'ready', ops: names });
    const lines = readline.createInterface({ input: process.stdin });
    lines.on('line', (line) => {
      const { id, op, arg } = JSON.parse(line);
      open += 1;
      submit(op, arg).then(
        (value) => answered({ type: 'result', id, value }),
        (error) => answered({ type: 'failed', id, reason: String(error && error.message) }),
      );
    });
    lines.on('close', () => {
      lastAnswer = Date.now();
      leaveWhenDone();
    });
  };

  // Ready is not started: every worker has answered something first.
  const first = Array.from({ length: 2 * exports.workers() }, () => submit('echo', ''));
  Promise.all(first).then(begin);
};

// The number after --workers.
exports.workers = () => {
  const at = process.argv.indexOf('--workers');
  return at < 0 ? 2 : Number(process.argv[at + 1]);
};
