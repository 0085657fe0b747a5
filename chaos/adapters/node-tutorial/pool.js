#!/usr/bin/env node
// The pool that tutorials on child_process build, kept as it is found there.
'use strict';

const { fork } = require('child_process');
const path = require('path');
const target = require('../protocol/target');

target.introduce('child_process.fork');

class WorkerPool {
  constructor(script, size) {
    this.script = script;
    this.workers = [];
    this.nextWorker = 0;
    for (let i = 0; i < size; i++) this.createWorker();
  }

  createWorker() {
    const worker = fork(this.script);
    worker.on('error', (error) => console.error(`worker ${worker.pid}: ${error.message}`));
    worker.on('exit', (code) => {
      if (code !== 0) this.createWorker();
    });
    this.workers.push(worker);
  }

  onMessage(listener) {
    this.workers.forEach((worker) => worker.on('message', listener));
  }

  send(task) {
    this.workers[this.nextWorker].send(task);
    this.nextWorker = (this.nextWorker + 1) % this.workers.length;
  }
}

const pool = new WorkerPool(path.join(__dirname, 'worker.js'), target.workers());
const waiting = new Map();
pool.onMessage(({ id, value }) => waiting.get(id)(value));

let nextId = 0;
target.serve({
  submit: (op, arg) =>
    new Promise((resolve) => {
      const id = nextId++;
      waiting.set(id, resolve);
      pool.send({ id, op, arg });
    }),
  end: () => pool.workers.forEach((worker) => worker.kill()),
});
