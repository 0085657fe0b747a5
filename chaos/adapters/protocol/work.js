// The operations of the target protocol, for workers written in Node.
'use strict';

const fs = require('fs');

const table = Int32Array.from({ length: 256 }, (_, n) => {
  for (let bit = 0; bit < 8; bit++) n = n & 1 ? (n >>> 1) ^ 0xedb88320 : n >>> 1;
  return n;
});

function crc32(text) {
  let crc = -1;
  for (const byte of Buffer.from(text)) crc = (crc >>> 8) ^ table[(crc ^ byte) & 255];
  return ~crc >>> 0;
}

function spin(milliseconds) {
  const start = process.cpuUsage();
  for (let used = 0; used < milliseconds * 1000;) {
    const { user, system } = process.cpuUsage(start);
    used = user + system;
  }
}

// A signal reaches its own process before long, but not before the next statement.
function die({ exit, signal }) {
  if (exit !== undefined) process.exit(exit);
  process.kill(process.pid, signal);
  return new Promise(() => {});
}

const operations = {
  echo: (text) => text,
  crc32,
  sleep: (milliseconds) =>
    new Promise((resolve) => setTimeout(resolve, milliseconds, milliseconds)),
  spin: (milliseconds) => (spin(milliseconds), milliseconds),
  record: ({ path, key }) => (fs.appendFileSync(path, `${key} ${process.pid}\n`), key),
  die,
  hang: () => new Promise(() => {}),
};

exports.names = Object.keys(operations);
exports.perform = async (op, arg) => operations[op](arg);
