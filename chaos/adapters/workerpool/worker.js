'use strict';

require('workerpool').worker({ perform: require('../protocol/work').perform });
