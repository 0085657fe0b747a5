// What the Node peers are asked, whichever pool they are: `PEER --version`, or
// `PEER --work noop|wait|kill --workers N --seconds S`. The answer is a line on standard output.
'use strict';

const {speed} = require('./speed');
const {kill} = require('./kill');

// `version` is a text. `open(workers)` resolves to a pool, whose `submit(payload)` is a promise of
// the answer.
exports.peer = async (version, open) => {
  const {values} = require('node:util').parseArgs({
    options: {
      version: {type: 'boolean'},
      work: {type: 'string'},
      workers: {type: 'string'},
      seconds: {type: 'string'},
    },
  });
  if (values.version) {
    console.log(`${version}, node ${process.versions.node}`);
    return;
  }
  const workers = Number(values.workers);
  const submit = await open(workers);
  const answer = values.work === 'kill'
    ? await kill(submit)
    : await speed(submit, values.work, 64 * workers, Number(values.seconds));
  console.log(JSON.stringify(answer));
  // A pool that has lost a task would wait for it for ever, some even when they are asked to end.
  process.exit(0);
};
