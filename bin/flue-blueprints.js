#!/usr/bin/env node
// The name that a package manager links: by it the program never stands for the framework's own `flue`.
import './flue.js';
