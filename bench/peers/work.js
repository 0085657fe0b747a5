// The work, in a worker of any of the Node pools.
//
// A payload is 64 characters: the task's number in eight digits, the kind of work in one, filling.
// The answer is the number; of the kind 'k' also which process gave it.
'use strict';

const never = new Int32Array(new SharedArrayBuffer(4));
const sleep = (milliseconds) => Atomics.wait(never, 0, 0, milliseconds);

exports.work = (payload) => {
  const number = payload.slice(0, 8);
  switch (payload[8]) {
    case 'n':
      return number;
    case 'w':
      sleep(1);
      return number;
    case 'k':
      sleep(20);
      return `${number} ${process.pid}`;
    default:
      throw new Error(`a task of no kind: ${payload}`);
  }
};
