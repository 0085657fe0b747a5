#!/usr/bin/env node
// jest-worker, with child processes, as its README begins.
'use strict';

const target = require('../protocol/target');
const { Worker } = target.require('jest-worker');

target.introduce(`jest-worker ${target.versionOf('jest-worker')}`);

const pool = new Worker(require.resolve('../protocol/work'), {
  numWorkers: target.workers(),
  exposedMethods: ['perform'],
});
pool.getStderr().pipe(process.stderr);

target.serve({
  submit: (op, arg) => pool.perform(op, arg),
  end: () => pool.end(),
});
