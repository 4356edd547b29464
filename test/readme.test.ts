import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { priceCredits, upperBoundMicroUsd } from '../src/images/price.ts';
import { rateCardById } from '../src/images/rate-card.ts';

const november2026 = rateCardById('2026-11');
const readme = readFileSync('README.md', 'utf8');

const documents = ['.', 'docs', 'docs/decisions', 'src', 'packages', 'test']
  .flatMap((folder) =>
    readdirSync(folder, { recursive: folder !== '.', encoding: 'utf8' }).map((name) => join(folder, name)),
  )
  .filter((path) => path.endsWith('.md') && !path.includes('node_modules'));

describe('the README', () => {
  const [, head = '', rows = ''] = /\n\| model \|(.*)\|\n\|[-|]+\n((?:\|.*\n)+)/.exec(readme) ?? [];
  const qualities = head.split('|').map((each) => each.trim());
  const table = rows
    .trim()
    .split('\n')
    .flatMap((row) => {
      const [, models = '', ...credits] = row.split('|').map((each) => each.trim());
      return [...models.matchAll(/`([^`]+)`/g)].flatMap(([, model = '']) =>
        qualities.map((quality, index) => [model, quality, credits[index] ?? ''] as const),
      );
    });

  test.each(table)('says what an image of %s in %s costs', (model, quality, said) => {
    const offered = november2026.models.find(({ id }) => id === model);
    expect(offered).toBeDefined();
    if (!offered?.qualities.includes(quality)) return void expect(said).toBe('–');
    const image = { model, size: '1024x1024', quality, promptBytes: 60 };
    const prices = { markupBasisPoints: 15_000, creditValueMicroUsd: 10_000 };
    expect(said).toBe(String(priceCredits(upperBoundMicroUsd(november2026, image), prices)));
  });

  test('names every model that costs money', () => {
    const named = new Set(table.map(([model]) => model));
    expect(november2026.models.filter(({ provider }) => provider !== 'sketch').map(({ id }) => id)).toEqual(
      expect.arrayContaining([...named]),
    );
    expect(named.size).toBe(november2026.models.length - 1);
  });

  test('names commands that there are', () => {
    const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };
    const named = documents.flatMap((path) => [
      ...readFileSync(path, 'utf8').matchAll(/npm run (?:-s )?([a-z][a-z:-]*)/g),
    ]);
    expect([...new Set(named.map(([, name = '']) => name))].filter((name) => !(name in scripts))).toEqual([]);
  });
});

test.each(documents)('%s links only to what is there', (path) => {
  const links = [...readFileSync(path, 'utf8').matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target);
  const broken = links
    .filter((target) => !/^(https?:|mailto:|#)/.test(target))
    .filter((target) => !existsSync(join(dirname(path), target.replace(/#.*$/, ''))));
  expect(broken).toEqual([]);
});

/** Comments and documents name files by their end, such as `usage/windows.ts`. */
test('files that documents name are there', () => {
  const files = ['src', 'packages', 'test', 'scripts'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => `/${join(folder, name)}`),
  );
  const gone = documents.flatMap((path) =>
    [...readFileSync(path, 'utf8').matchAll(/`([\w./-]+\.(?:ts|mjs))`/g)]
      .map(([, name = '']) => name.replace(/^(?:\.\.?\/)+/, ''))
      .filter((name) => !/^docs\/decisions/.test(path) && !files.some((file) => file.endsWith(`/${name}`)))
      .map((name) => `${path}: ${name}`),
  );
  expect(gone).toEqual([]);
});
