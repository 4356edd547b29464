// Runs the program as V8 compiled it before: `node load.cjs PROGRAM STORE LIFE`. Compiling it takes longer than its life.
const { existsSync, readFileSync, renameSync, writeFileSync } = require('node:fs');
const { createRequire, wrap } = require('node:module');
const { dirname } = require('node:path');
const { Script } = require('node:vm');

const [, , program, store] = process.argv;
const cache = `${program}.${store}`;
const isCached = existsSync(cache);
const script = new Script(wrap(readFileSync(program, 'utf8')), {
  filename: program,
  cachedData: isCached ? readFileSync(cache) : undefined,
});
script.runInThisContext()({}, createRequire(program), { exports: {} }, program, dirname(program));

// The first one that comes to its end has compiled all that the others will need.
process.on('exit', () => {
  if (isCached || existsSync(cache)) return;
  writeFileSync(`${cache}.${process.pid}`, script.createCachedData());
  renameSync(`${cache}.${process.pid}`, cache);
});
