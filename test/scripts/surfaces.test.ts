import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { notCovered, readSources } from '../../scripts/surfaces/coverage.ts';
import { FAMILIES } from '../../scripts/surfaces/families.ts';
import { drawnOf, fileName, problemsOf } from '../../scripts/surfaces/sample.ts';
import { primaryCountIn, replacedWordsIn } from '../slack/surfaces/promises.ts';

const samples = FAMILIES.flatMap((family) =>
  family.samples.map((sample) => [fileName(family, sample), sample] as const),
);

describe('the samples of surfaces', () => {
  test.each(samples)('%s is taken by Slack', (_, sample) => {
    expect(problemsOf(drawnOf(sample))).toEqual([]);
  });

  test.each(samples)('%s is in plain English', (_, sample) => {
    expect(replacedWordsIn(drawnOf(sample).surface)).toEqual([]);
  });

  test.each(samples)('%s has one primary button at most', (_, sample) => {
    expect(primaryCountIn(drawnOf(sample).surface)).toBeLessThanOrEqual(1);
  });

  test.each([
    ['two buttons', { blocks: [{ elements: [{ style: 'primary' }, { style: 'danger' }, { style: 'primary' }] }] }],
    ['a button beside text', { blocks: [{ accessory: { style: 'primary' } }, { elements: [{ style: 'primary' }] }] }],
    ['a button in a form that is sent', { type: 'modal', submit: {}, blocks: [{ elements: [{ style: 'primary' }] }] }],
  ])('that have more would be found: %s', (_, drawn) => {
    expect(primaryCountIn(drawn)).toBe(2);
  });

  test('have pictures of different names', () => {
    const names = samples.map(([name]) => name);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });

  test('leave no surface out', () => {
    expect(notCovered(readSources())).toEqual([]);
  });

  test('are all in the list of families', () => {
    // One file has no family in it: figures that several share.
    const files = readdirSync('scripts/surfaces/families').filter((file) => file !== 'figures.ts');
    expect(FAMILIES).toHaveLength(files.length);
  });
});

describe('a surface that is forgotten', () => {
  const builders = ['home/home.ts', 'home/home-lists.ts', 'approvals/approve-form.ts'];
  const parts = { 'home/home-lists.ts': 'lists of home.ts' };
  const home = "import { home } from '../../../src/slack/home/home.ts';";

  test('is named', () => {
    const problems = notCovered({ builders, families: [home], parts });
    expect(problems).toEqual([expect.stringContaining('src/slack/approvals/approve-form.ts has no sample')]);
  });

  test('is not drawn by an import of its types', () => {
    const types = "import type { Look } from '../../../src/slack/approvals/approve-form.ts';";
    expect(notCovered({ builders, families: [home, types], parts })).toHaveLength(1);
    const several = "import {\n  approve,\n} from '../../../src/slack/approvals/approve-form.ts';";
    expect(notCovered({ builders, families: [`${home}\n${several}`], parts })).toEqual([]);
  });

  test('cannot hide behind a part that is gone', () => {
    expect(notCovered({ builders: ['home/home.ts'], families: [home], parts })).toEqual([
      expect.stringContaining('home-lists.ts is listed as a part'),
    ]);
  });
});
