import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';

/** The house, enforced: who may import whom, how long a file is, and what only the edge may touch. */
const ROOT = join(import.meta.dirname, '..');
const LINES_MAX = 200;

/** Rooms of `src/`, and the rooms that each may look into besides its own. What is not listed may not. */
const MAY_IMPORT: Record<string, readonly string[]> = {
  ledger: [],
  ports: [],
  images: ['ports'],
  storage: ['ledger', 'ports'],
  book: ['ledger', 'storage', 'ports'],
  reports: ['ledger'],
  words: ['ledger', 'app', 'reports'],
  app: ['ledger', 'book', 'storage', 'images', 'reports', 'ports'],
  scheduler: ['app', 'book', 'ledger', 'reports', 'ports'],
  peers: ['book', 'ledger', 'storage', 'ports'],
  http: ['app', 'ledger', 'reports', 'ports'],
  slack: ['app', 'ledger', 'words', 'images', 'storage', 'reports', 'ports'],
};

/** Puts the parts together, and so sees all of them. */
const START = 'start';

/** Rooms from which only types are taken. What `storage` does is reached through `app/`; words know what a view holds, and call nothing. */
const ONLY_TYPES: Record<string, readonly string[]> = { slack: ['storage'], words: ['app'] };

/** Rooms that need little, and what that is: nothing of outside to decide, no Slack and no provider before the edge. */
const PACKAGES: Record<string, RegExp> = {
  ledger: /^immutable$/,
  ports: /^node:crypto$/,
  storage: /^(zod|immutable|mongoose|@photostructure\/sqlite|node:(async_hooks|crypto|fs|fs\/promises|module|path))$/,
  book: /^p-queue$/,
  app: /^(node:crypto|p-queue)$/,
  peers: /^(node:crypto|node:http|node:net|node:os|zod)$/,
  reports: /^(immutable|simple-statistics)$/,
  words: /^csv-stringify\/sync$/,
  scheduler: /^node-cron$/,
};

/** Where time, chance and the environment come from: nowhere else. */
const EDGE = [
  'src/main.ts',
  'src/config.ts',
  'src/start/real-clock.ts',
  'src/start/start.ts',
  'src/start/build-context.ts',
  'src/start/slack-connection.ts',
  // The playground's own defaults, in one named place.
  'packages/local-slack/src/create-context.ts',
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

/** Folders whose comments are checked. */
const PLAIN_ENGLISH = ['packages', 'scripts', 'src', 'test/support'];

/** Words and beginnings that mean that a comment has to be read twice. */
const OLD_ENGLISH = /^(Whoever|Whom|Whose|Those of|Of two)\b|\b(anew|none of ours|whoever|whom|somebody|nobody)\b/i;

function oldEnglishIn({ path, text }: Source): string[] {
  const lines = text.split('\n').map((line) => /(?:^|\s)(?:\/\*\*?|\*|\/\/) (.*)$/.exec(line)?.[1] ?? '');
  return lines.flatMap((comment, at) => (OLD_ENGLISH.test(comment) ? [`${path}:${at + 1}: ${comment}`] : []));
}

type Source = { path: string; text: string; code: string };

const sources = ['src', 'packages', 'test', 'scripts'].flatMap((folder) => filesUnder(join(ROOT, folder)));
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

/** Packages stand alone: they know neither the product nor each other. */
function wrongInPackage(source: Source, name: string): string[] {
  const isOwn = (target: string) => !/^(src|packages)\//.test(target) || target.startsWith(`packages/${name}/`);
  return importsOf(source)
    .filter(({ target }) => !isOwn(target) || target.startsWith('@inkwell/'))
    .map(({ target }) => `${source.path} imports ${target}`);
}

function wrongImports(source: Source): string[] {
  const [, name] = /^packages\/([^/]+)\/src\//.exec(source.path) ?? [];
  if (name !== undefined) return wrongInPackage(source, name);
  const room = roomOf(source.path);
  if (room === null || room === START) return [];
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

/** Files that name each other's types, and why they may. */
const CIRCLES_OF_TYPES: readonly (readonly string[])[] = [];

/** Files that reach themselves through others, smallest path first: strongly connected components, after Tarjan. */
function circlesIn(files: readonly Source[], counts: (each: Import) => boolean): string[][] {
  const known = new Set(files.map(({ path }) => path));
  const next = new Map(
    files.map((file) => [
      file.path,
      importsOf(file)
        .filter((each) => counts(each) && known.has(each.target))
        .map(({ target }) => target),
    ]),
  );
  const order = new Map<string, number>();
  const stack: string[] = [];
  const circles: string[][] = [];
  const visit = (path: string): number => {
    order.set(path, order.size);
    let lowest = order.get(path) ?? 0;
    stack.push(path);
    for (const other of next.get(path) ?? []) {
      if (!order.has(other)) lowest = Math.min(lowest, visit(other));
      else if (stack.includes(other)) lowest = Math.min(lowest, order.get(other) ?? 0);
    }
    if (lowest === order.get(path)) {
      const circle = stack.splice(stack.indexOf(path)).sort();
      if (circle.length > 1) circles.push(circle);
    }
    return lowest;
  };
  for (const { path } of files) if (!order.has(path)) visit(path);
  return circles.sort();
}

describe('the house', () => {
  test('imports run one way', () => {
    const packages = sources.filter(({ path }) => /^packages\/[^/]+\/src\/.*\.ts$/.test(path));
    expect([...product, ...packages].flatMap(wrongImports)).toEqual([]);
  });

  test('imports name the file, with its ending, and it is there', () => {
    const wrong = sources
      .filter(({ path }) => path.endsWith('.ts'))
      .flatMap(importsOf)
      .filter(({ target }) => /^(src|packages|test|scripts)\//.test(target))
      .filter(({ target }) => !/\.(ts|js|mjs|json|yaml)$/.test(target) || !existsSync(join(ROOT, target)))
      .map(({ from, target }) => `${from} imports ${target}`);
    expect(wrong).toEqual([]);
  });

  test('no files import each other in a circle', () => {
    const files = sources.filter(({ path }) => /^(src|packages\/[^/]+\/src)\//.test(path));
    expect(circlesIn(files, ({ onlyTypes }) => !onlyTypes)).toEqual([]);
  });

  test('types go round in no other circles than these', () => {
    const circles = circlesIn(product, () => true);
    expect(circles.map((files) => files.join(', '))).toEqual(CIRCLES_OF_TYPES.map((files) => files.join(', ')));
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
    const limited = sources.filter(({ path }) => /^(src|scripts|packages\/[^/]+\/src|test\/support)\//.test(path));
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

  test('comments are in plain English', () => {
    const read = sources.filter(({ path }) => PLAIN_ENGLISH.some((folder) => path.startsWith(`${folder}/`)));
    expect(read.flatMap(oldEnglishIn)).toEqual([]);
  });
});

describe('the one who enforces it', () => {
  const source = (path: string, text: string): Source => ({ path, text, code: withoutComments(text) });

  test.each([
    ['/** Whoever comes first. */', 1],
    ['  // Drawn anew.', 1],
    [' * what nobody knows', 1],
    ["const text = 'nobody';", 0],
    ['/** Returns the member. */', 0],
  ])('%j has %i comments to rewrite', (text, count) => {
    expect(oldEnglishIn(source('src/start/a.ts', text))).toHaveLength(count);
  });

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
    ['src/slack/a.ts', "import { x } from '../storage/b.ts';", 1],
    ['src/slack/a.ts', "import { type X } from '../storage/b.ts';", 0],
    ['src/slack/a.ts', "import type { X } from '../storage/b.ts';", 0],
    ['src/start/a.ts', "import { x } from '../slack/b.ts';", 0],
    ['packages/local-slack/src/a.ts', "import { x } from '../../../src/ledger/b.ts';", 1],
    ['packages/local-slack/src/a.ts', "import { x } from '@inkwell/sample-images';", 1],
    ['packages/local-slack/src/a.ts', "import { x } from './b.ts';", 0],
    ['src/attic/a.ts', '', 1],
    ['src/main.ts', "import { x } from './slack/a.ts';", 0],
  ])('%s: %j is %i wrong', (path, text, count) => {
    expect(wrongImports(source(path, text))).toHaveLength(count);
  });
});
