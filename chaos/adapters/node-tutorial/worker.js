// The tutorial's worker: a message is a task, the answer is a message with its id.
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
  let used = 0;
  while (used < milliseconds * 1000) {
    const now = process.cpuUsage(start);
    used = now.user + now.system;
  }
}

process.on('message', ({ id, op, arg }) => {
  const done = (value) => process.send({ id, value });
  switch (op) {
    case 'echo':
      return done(arg);
    case 'crc32':
      return done(crc32(arg));
    case 'sleep':
      return setTimeout(done, arg, arg);
    case 'spin':
      spin(arg);
      return done(arg);
    case 'record':
      fs.appendFileSync(arg.path, `${arg.key} ${process.pid}\n`);
      return done(arg.key);
    case 'die':
      return 'exit' in arg ? process.exit(arg.exit) : process.kill(process.pid, arg.signal);
    case 'hang':
      return undefined;
  }
});
