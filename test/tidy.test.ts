import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';

/** The house, enforced: who may import whom, how long a file is, and what only the edge may touch. */
const ROOT = join(import.meta.dirname, '..');
const LINES_MAX = 200;

/** Rooms of `src/`, and the rooms that each may look into besides its own. What is not listed may not. */
const MAY_IMPORT: Record<string, readonly string[]> = {
  ledger: [],
  sqlite: [],
  mongo: [],
  images: [],
  journal: ['ledger', 'sqlite', 'mongo'],
  records: ['ledger', 'sqlite', 'mongo'],
  reports: ['ledger'],
  snapshots: ['ledger', 'journal', 'mongo'],
  render: ['reports', 'ledger'],
  app: ['ledger', 'journal', 'records', 'images', 'reports', 'snapshots'],
  slack: ['app', 'ledger', 'images', 'records', 'reports', 'render'],
  http: ['app', 'ledger', 'reports', 'render'],
  peers: ['app', 'ledger', 'journal', 'mongo'],
  cron: ['app', 'ledger', 'reports'],
  playground: ['sqlite'],
};

/** Rooms from which only types are taken: what they do is reached through `app/`. */
const ONLY_TYPES: Record<string, readonly string[]> = { slack: ['records'] };

/** Rooms that need little, and what that is: nothing of outside to decide, no Slack and no provider before the edge. */
const PACKAGES: Record<string, RegExp> = {
  ledger: /^immutable$/,
  journal: /^zod$/,
  records: /^zod$/,
  sqlite: /^(node:fs|node:module|node:path|@photostructure\/sqlite)$/,
  mongo: /^(node:async_hooks|mongoose)$/,
  app: /^(node:crypto|p-queue)$/,
  peers: /^(node:crypto|node:http|node:net|node:os|zod)$/,
  reports: /^immutable$/,
  snapshots: /^(immutable|node:crypto|node:fs\/promises|node:path)$/,
};

/** Where time, chance and the environment come from: nowhere else. */
const EDGE = [
  'src/main.ts',
  'src/config.ts',
  'src/clock.ts',
  'src/start.ts',
  'src/build-world.ts',
  'src/slack-place.ts',
  // The playground's own defaults, in one named place.
  'src/playground/create-core.ts',
];

const OUTSIDE = [
  { what: 'Date.now', pattern: /\bDate\.now\b/ },
  { what: 'new Date()', pattern: /\bnew Date\(\s*\)/ },
  { what: 'Math.random', pattern: /\bMath\.random\b/ },
  { what: 'process.env', pattern: /\bprocess\.env\b/ },
  { what: 'randomUUID', pattern: /\brandomUUID\b/ },
  { what: 'hrtime', pattern: /\bhrtime\b/ },
  { what: 'randomBytes', pattern: /\brandomBytes\b/ },
];

type Source = { path: string; text: string; code: string };

const sources = ['src', 'test', 'scripts'].flatMap((folder) => filesUnder(join(ROOT, folder)));
const product = sources.filter(({ path }) => path.startsWith('src/') && path.endsWith('.ts'));

function filesUnder(folder: string): Source[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(ts|js|mjs)$/.test(name))
    .map((name) => {
      const text = readFileSync(join(folder, name), 'utf8');
      return { path: relative(ROOT, join(folder, name)).replaceAll('\\', '/'), text, code: withoutComments(text) };
    });
}

/** Comments may speak of anything. Good enough for code that a formatter has seen. */
function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1');
}

type Import = { from: string; target: string; onlyTypes: boolean };

const IMPORT =
  /(?:^|\n)\s*(?:import|export)\s+(type\s+)?(?:([^'";]*?)\s+from\s+)?'([^']+)'|\bimport\(\s*'([^']+)'\s*\)/g;

function importsOf({ path, code }: Source): Import[] {
  return [...code.matchAll(IMPORT)].map(([, type, names = '', from, dynamic]) => {
    const named =
      /^\{([^}]*)\}$/
        .exec(names.trim())?.[1]
        ?.split(',')
        .filter((each) => each.trim()) ?? null;
    const onlyTypes = type !== undefined || (named?.every((each) => each.trim().startsWith('type ')) ?? false);
    const target = from ?? dynamic ?? '';
    return { from: path, target: target.startsWith('.') ? join(path, '..', target) : target, onlyTypes };
  });
}

/** The room a file is in; null for those that stand in `src/` itself and see everything. */
const roomOf = (path: string) => /^src\/([^/]+)\//.exec(path)?.[1] ?? null;

function wrongImports(source: Source): string[] {
  const room = roomOf(source.path);
  if (room === null) return [];
  const allowed = MAY_IMPORT[room];
  if (!allowed) return [`${source.path}: no room is called ${room}; name it in test/tidy.test.ts`];
  return importsOf(source).flatMap(({ target, onlyTypes }) => {
    if (!target.startsWith('src/')) {
      return PACKAGES[room]?.test(target) === false ? [`${source.path} imports ${target}`] : [];
    }
    const other = roomOf(target);
    if (other === room) return [];
    if (other === null || !allowed.includes(other)) return [`${source.path} imports ${target}`];
    const values = ONLY_TYPES[room]?.includes(other) && !onlyTypes;
    return values ? [`${source.path} imports more than types of ${target}`] : [];
  });
}

describe('the house', () => {
  test('imports run one way', () => {
    expect(product.flatMap(wrongImports)).toEqual([]);
  });

  test('imports name the file, with its ending, and it is there', () => {
    const wrong = sources
      .filter(({ path }) => path.endsWith('.ts'))
      .flatMap(importsOf)
      .filter(({ target }) => /^(src|test|scripts)\//.test(target))
      .filter(({ target }) => !/\.(ts|js|mjs|json)$/.test(target) || !existsSync(join(ROOT, target)))
      .map(({ from, target }) => `${from} imports ${target}`);
    expect(wrong).toEqual([]);
  });

  test('nobody imports in a circle between rooms', () => {
    const circles = Object.entries(MAY_IMPORT).flatMap(([room, others]) =>
      others.filter((other) => MAY_IMPORT[other]?.includes(room)).map((other) => `${room} ↔ ${other}`),
    );
    expect(circles).toEqual([]);
  });

  test('time, chance and the environment come from the edge', () => {
    const wrong = product
      .filter(({ path }) => !EDGE.includes(path))
      .flatMap(({ path, code }) =>
        OUTSIDE.filter(({ pattern }) => pattern.test(code)).map(({ what }) => `${path}: ${what}`),
      );
    expect(wrong).toEqual([]);
  });

  test(`a file has at most ${LINES_MAX} lines`, () => {
    const limited = sources.filter(({ path }) => /^(src|scripts|test\/support)\//.test(path));
    const long = limited.map(({ path, text }) => ({ path, lines: text.trimEnd().split('\n').length }));
    expect(long.filter(({ lines }) => lines > LINES_MAX).map(({ path, lines }) => `${path}: ${lines} lines`)).toEqual(
      [],
    );
  });

  test('a file is named for what it does', () => {
    const vague = /(^|[/-])(utils?|helpers?|common|misc|services?|manager|data|v2)([.-]|$)/i;
    expect(sources.map(({ path }) => path).filter((path) => vague.test(path) || /V2/.test(path))).toEqual([]);
    const odd = product.map(({ path }) => path).filter((path) => !/^[a-z0-9./-]+$/.test(path));
    expect(odd).toEqual([]);
  });

  test('nothing is left to do, or to be run alone', () => {
    const left = [
      /\b(TODO|FIXME|XXX|HACK)\b/,
      /\b(describe|test|it)\.only\(/,
      /\bdebugger\b/,
      /@ts-(ignore|nocheck)\b/,
    ];
    const wrong = sources
      .filter(({ path }) => path !== 'test/tidy.test.ts')
      .flatMap(({ path, text }) => left.filter((each) => each.test(text)).map((each) => `${path}: ${each.source}`));
    expect(wrong).toEqual([]);
  });
});

describe('the one who enforces it', () => {
  const source = (path: string, text: string): Source => ({ path, text, code: withoutComments(text) });

  test.each([
    ['src/ledger/a.ts', "import { x } from '../app/book.ts';", 1],
    ['src/ledger/a.ts', "import type { X } from '../app/book.ts';", 1],
    ['src/ledger/a.ts', "import { x } from './b.ts';", 0],
    ['src/ledger/decide/a.ts', "import { x } from '../../app/book.ts';", 1],
    ['src/app/a.ts', "import { x } from '../slack/b.ts';", 1],
    ['src/app/a.ts', "export { x } from '../slack/b.ts';", 1],
    ['src/app/a.ts', "const b = await import('../slack/b.ts');", 1],
    ['src/app/a.ts', "import {\n  x,\n  y,\n} from '../main.ts';", 1],
    ['src/app/a.ts', "// import { x } from '../slack/b.ts';", 0],
    ['src/app/a.ts', "import OpenAI from 'openai';", 1],
    ['src/images/a.ts', "import OpenAI from 'openai';", 0],
    ['src/ledger/a.ts', "import { randomInt } from 'node:crypto';", 1],
    ['src/ledger/a.ts', "import { Map } from 'immutable';", 0],
    ['src/slack/a.ts', "import { x } from '../records/b.ts';", 1],
    ['src/slack/a.ts', "import { type X } from '../records/b.ts';", 0],
    ['src/slack/a.ts', "import type { X } from '../records/b.ts';", 0],
    ['src/playground/a.ts', "import { x } from '../ledger/b.ts';", 1],
    ['src/attic/a.ts', '', 1],
    ['src/main.ts', "import { x } from './slack/a.ts';", 0],
  ])('%s: %j is %i wrong', (path, text, count) => {
    expect(wrongImports(source(path, text))).toHaveLength(count);
  });
});
