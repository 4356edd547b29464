import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

const LONG = 'test/**/*.long.test.ts';
/** Their server takes a core for itself, and is asked for answers within given times. */
const ON_MONGO = ['test/mongo/**/*.test.ts', 'test/**/mongo.test.ts', 'test/snapshots/stores.test.ts'];

const isLong = process.env.INKWELL_TEST_LONG === 'yes';
const ofHouse = isLong ? { include: [LONG] } : { include: ['test/**/*.test.ts'], exclude: [LONG, ...ON_MONGO] };

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
        test: {
          ...shared,
          ...ofHouse,
          name: 'house',
          // Quick proofs wait a lot, long ones work a lot.
          maxWorkers: isLong ? availableParallelism() : availableParallelism() + 1,
          sequence: { groupOrder: 0 },
        },
      },
      ...(isLong
        ? []
        : [{ test: { ...shared, name: 'mongo', include: ON_MONGO, maxWorkers: 1, sequence: { groupOrder: 1 } } }]),
    ],
    globalSetup: ['test/mongo-server/keep-server.mjs', 'test/support/keep-folder.mjs'],
    reporters: ['default', './scripts/count-tests.mjs'],
  },
});
