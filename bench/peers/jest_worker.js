#!/usr/bin/env node
// jest-worker as its README begins: processes, one call a task.
'use strict';

const {peer} = require('./measure');
const {Worker} = require('jest-worker');

peer(`jest-worker ${require('jest-worker/package.json').version}`, async (workers) => {
  const pool = new Worker(require.resolve('./work'), {numWorkers: workers});
  return (payload) => pool.work(payload);
});
