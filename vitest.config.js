import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

const isLong = process.env.INKWELL_TEST_LONG === 'yes';
/** Long proofs have names of their own. */
const LONG = '{test,packages/*/test}/**/*.long.test.ts';
const QUICK = '{test,packages/*/test}/**/*.test.ts';
/** Their server takes a core for itself, and is asked for answers within given times. */
const ON_MONGO = isLong
  ? ['test/mongo/**/*.long.test.ts', 'test/**/{mongo,stores}.long.test.ts']
  : ['test/mongo/**/*.test.ts', 'test/**/mongo.test.ts'];

/** As the build reads them. */
const yamlAsText = {
  name: 'yaml-as-text',
  transform: (text, id) => (id.endsWith('.yaml') ? `export default ${JSON.stringify(text)}` : null),
};

/** A worker reads the sources once for all of its files: they leave the environment and the globals as they are. */
const shared = {
  pool: 'forks',
  isolate: false,
  testTimeout: 20_000,
  hookTimeout: 20_000,
};

export default defineConfig({
  test: {
    ...shared,
    projects: [
      {
        plugins: [yamlAsText],
        test: {
          ...shared,
          name: 'house',
          include: [isLong ? LONG : QUICK],
          exclude: [...ON_MONGO, ...(isLong ? [] : [LONG])],
          // Quick proofs wait a lot, long ones work a lot.
          maxWorkers: isLong ? availableParallelism() : availableParallelism() + 2,
          sequence: { groupOrder: 0 },
        },
      },
      {
        plugins: [yamlAsText],
        test: {
          ...shared,
          name: 'mongo',
          include: ON_MONGO,
          exclude: isLong ? [] : [LONG],
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
        },
      },
    ],
    globalSetup: ['test/mongo-server/keep-server.mjs', 'test/support/keep-folder.mjs'],
    reporters: ['default', './scripts/count-tests.mjs'],
  },
});
