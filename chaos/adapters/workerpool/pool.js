#!/usr/bin/env node
// workerpool with child processes and a dedicated worker, as its README shows.
'use strict';

const target = require('../protocol/target');
const workerpool = target.require('workerpool');

target.introduce(`workerpool ${target.versionOf('workerpool')}`);

const pool = workerpool.pool(require.resolve('./worker'), {
  workerType: 'process',
  minWorkers: 'max',
  maxWorkers: target.workers(),
});

target.serve({
  submit: (op, arg) => Promise.resolve(pool.exec('perform', [op, arg])),
  end: () => pool.terminate(true),
});
