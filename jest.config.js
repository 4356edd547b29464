/** @type {import('jest').Config} */
export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts', '!**/*.long.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript' }, target: 'es2023' }, module: { type: 'es6' } },
    ],
  },
  workerIdleMemoryLimit: '700MB',
  testTimeout: 20_000,
  globalSetup: '<rootDir>/test/mongo-server/jest-setup.mjs',
  globalTeardown: '<rootDir>/test/mongo-server/jest-teardown.mjs',
  reporters: [['default', { summaryThreshold: 1000 }], '<rootDir>/scripts/jest-count.mjs'],
};
