#!/usr/bin/env node
// The name that a package manager links: by it the program never stands for the framework's own `flue`.
'use strict';

require('./flue.js');
