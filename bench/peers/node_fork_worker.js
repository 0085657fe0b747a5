'use strict';

const {work} = require('./work');

process.on('message', ({id, payload}) => process.send({id, answer: work(payload)}));
