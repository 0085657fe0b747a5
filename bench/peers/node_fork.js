#!/usr/bin/env node
// The pool of many a tutorial: child_process.fork(), round robin over send(), and a new child
// where one exits with a code that is not 0.
'use strict';

const {fork} = require('node:child_process');
const {peer} = require('./measure');

const workers = [];
const waiting = new Map();
let next = 0;

function start() {
  const child = fork(require.resolve('./node_fork_worker'));
  child.on('message', ({id, answer}) => {
    waiting.get(id)(answer);
    waiting.delete(id);
  });
  return child;
}

function add() {
  const child = start();
  child.on('exit', (code) => {
    // As it is usually written: the new one is used beside the dead one, which is not taken out.
    if (code !== 0) add();
  });
  workers.push(child);
}

peer('child_process.fork', async (count) => {
  for (let i = 0; i < count; ++i) add();
  let id = 0;
  return (payload) => new Promise((resolve) => {
    waiting.set(++id, resolve);
    workers[next++ % workers.length].send({id, payload});
  });
});
