#!/usr/bin/env node
// workerpool with dedicated workers, as its README has them, as processes.
'use strict';

const {peer} = require('./measure');
const workerpool = require('workerpool');

peer(`workerpool ${require('workerpool/package.json').version}`, async (workers) => {
  const pool = workerpool.pool(require.resolve('./workerpool_worker'),
    {workerType: 'process', maxWorkers: workers});
  return (payload) => pool.exec('work', [payload]);
});
