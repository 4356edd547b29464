import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { someOf } from './support/is-long.ts';
import { programOfRun } from './support/program.ts';

const FILES = [
  '.env.example',
  '.dockerignore',
  'Dockerfile',
  'docker-compose.yml',
  'package.json',
  'package-lock.json',
  'manifest.yml',
];

describe('compose:check', () => {
  const root = mkdtempSync(join(tmpdir(), 'inkwell-'));
  let program: string;
  beforeAll(() => {
    program = programOfRun('scripts/compose-check.ts');
  });
  beforeEach(() => {
    for (const file of FILES) cpSync(file, join(root, file));
    const copied = [
      'src/main.ts',
      'packages/local-slack/package.json',
      'scripts/build.mjs',
      'scripts/ledger-digest.mjs',
      'scripts/owner.ts',
      'scripts/ledger',
    ];
    for (const file of copied) cpSync(file, join(root, file), { recursive: true });
  });
  afterAll(() => {
    rmSync(root, { recursive: true, force: true });
  });

  const check = () => {
    const { stdout, stderr, status } = spawnSync(process.execPath, [program], { encoding: 'utf8', cwd: root });
    return { said: stdout + stderr, status };
  };

  test('finds that what is here agrees', () => {
    expect(check()).toEqual({ said: expect.stringMatching(/the configuration agree: \d+ variables/), status: 0 });
  });

  const changes = [
    ['.env.example', 'IMAGES_AT_ONCE=4', '', 'IMAGES_AT_ONCE is not in .env.example'],
    ['docker-compose.yml', ' SKETCH: ', ' SCETCH: ', 'SKETCH is not in docker-compose.yml'],
    ['docker-compose.yml', '{SKETCH:', '{SCETCH:', 'SKETCH of the bot is taken from SCETCH'],
    ['docker-compose.yml', 'PORT: 3000', 'PORT: 3001', 'The bot’s port 3001 is not published'],
    [
      'docker-compose.yml',
      '"--replSet", "inkwell"',
      '"--replSet", "other"',
      'mongo is not started as replica set inkwell',
    ],
    ['docker-compose.yml', 'service_healthy', 'service_started', 'does not wait for a healthy mongo'],
    ['docker-compose.yml', 'mongo:/data/db', 'mongo:/data', 'keeps its data in no volume'],
    ['docker-compose.yml', 'stop_grace_period: 30s', 'stop_grace_period: 5s', 'killed before it has stopped'],
    ['Dockerfile', '"fetch(', '"process.env.SLACK_APP_TOKEN || fetch(', 'asks for health in some modes alone'],
    ['Dockerfile', 'USER node', 'USER root', 'The image runs as root'],
    ['Dockerfile', 'node:22', 'node:18', 'Node 18 is too old'],
    ['.dockerignore', '!manifest.yml', '', '.dockerignore keeps manifest.yml from the image'],
  ] as const;
  test.each(someOf(changes, 3))('%s: finds %j changed', (file, from, to, problem) => {
    writeFileSync(join(root, file), readFileSync(join(root, file), 'utf8').replaceAll(from, to));
    expect(check()).toEqual({ said: expect.stringContaining(problem.replace('’', "'")), status: 1 });
  });
});
