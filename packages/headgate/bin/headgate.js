#!/usr/bin/env node
// The command line itself is built to dist/: this file is committed so that it can be linked before there is one.
const { existsSync } = require('node:fs');
const { join } = require('node:path');

const built = join(__dirname, '..', 'dist', 'cli.js');
if (existsSync(built)) {
  require(built);
} else {
  process.stderr.write('headgate is not built yet: npm run build:headgate, or npm start, builds it.\n');
  process.exitCode = 2;
}
