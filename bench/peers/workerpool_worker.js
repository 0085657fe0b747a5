'use strict';

require('workerpool').worker({work: require('./work').work});
