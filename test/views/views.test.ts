import { describe, expect, test } from 'vitest';
import { type App, createApp } from '../../src/app/app.ts';
import type { Line } from '../../src/ledger/lines.ts';
import { VIEWS } from '../../src/slack/kit/ids.ts';
import { primaryCountIn } from '../slack/surfaces/promises.ts';
import { isLong } from '../support/is-long.ts';
import { createWorld } from '../support/world.ts';
import { TELLS, VERBS } from './coverage.ts';
import { figuresOf, knowledgeOf } from './knowledge.ts';
import { contentOf, type Figures, leaksIn, peopleIn } from './leaks.ts';
import { live } from './live.ts';
import { type Organisation, PEOPLE, randomOrganisation } from './organisation.ts';
import { saysSums, sumsOf, sumsSince, wrongSums } from './sums.ts';
import { type Sight, tour } from './tour.ts';

/**
 * Everything that anybody is given, in random organisations, held against what they may know by who they are: names of
 * clients, teams and projects, and figures, each of which can be told from all others.
 */
const SEEDS = (process.env.VIEWS_SEEDS ?? (isLong ? '1 2 3 4 5' : '1 4')).split(' ').map(Number);

const calls = new Map<keyof App, number>();
const told = new Set<string>();
const forms = new Set<string>();
const withSums = new Set<string>();
const NO_SUMS = { left: new Set<number>(), over: new Set<number>() };

describe.each(SEEDS)('organisation %i', (seed) => {
  test('nobody is given more than they may know or can follow, and what is left is what the lines add up to', async () => {
    const org = counted(await randomOrganisation(seed));
    const leaks: string[] = [];
    const crowded: string[] = [];
    const wrong: string[] = [];
    for await (const each of live(org)) {
      // An image says what was left when it was paid for, whenever it is drawn again.
      const sinceSeq = each.kind === 'image' ? 1 : each.sinceSeq;
      const standing = saysSums(each.drawn) ? sumsSince(await linesOf(org), sinceSeq, now(org)) : NO_SUMS;
      if (saysSums(each.drawn)) withSums.add(each.kind);
      wrong.push(...wrongSums(each.drawn, standing).map((problem) => `${each.what}: ${problem}`));
      told.add(each.kind);
      crowded.push(...withManyPrimaries(each));
      for (const readerId of each.readerIds) leaks.push(...leaksOf(org, readerId, each, await figuresNow(org)));
    }
    const figures = await figuresNow(org);
    const sums = sumsOf(await linesOf(org), now(org));
    for (const by of PEOPLE) {
      for await (const sight of tour(org, by)) {
        for (const drawn of sight.drawn) forms.add(formOf(drawn));
        crowded.push(...withManyPrimaries(sight).map((each) => `${by}, ${each}`));
        leaks.push(...leaksOf(org, by, sight, figures));
        if (!sight.isAbout) wrong.push(...wrongSums(sight.drawn, sums).map((each) => `${by}, ${sight.what}: ${each}`));
      }
    }
    expect([...new Set(leaks)]).toEqual([]);
    expect([...new Set(wrong)]).toEqual([]);
    expect([...new Set(crowded)]).toEqual([]);
  }, 120_000);
});

test('the check has teeth: another client’s name, and a figure of the agency, are found wherever they stand', async () => {
  const org = await randomOrganisation(3);
  const figures = await figuresNow(org);
  const [used = 0] = [...(figures.get('agency') ?? [])].sort((a, b) => b - a);
  const planted = [
    { view: { rows: [{ name: 'Clname9 Works' }] } },
    { view: { names: { 'client:clid9': 'x' } } },
    { view: { total: { usedCredits: used } } },
    { drawn: [{ blocks: [{ text: `${used.toLocaleString('en-US')} used` }] }] },
    { drawn: [{ private_metadata: JSON.stringify({ clientId: 'clid9' }) }] },
  ];
  for (const each of planted) {
    expect(new Set(leaksOf(org, 'U0MNIL', { what: 'planted', view: null, drawn: [], ...each }, figures)).size).toBe(1);
    expect(leaksOf(org, 'U0OLIV', { what: 'planted', view: null, drawn: [], ...each }, figures)).toEqual([]);
  }
});

describe('nothing is left out', () => {
  test('of the verbs of the app', async () => {
    expect(Object.keys(createApp(await createWorld())).sort()).toEqual(Object.keys(VERBS).sort());
    const unseen = Object.entries(VERBS).filter(([verb, does]) => does !== 'changes' && !calls.has(verb as keyof App));
    expect(unseen).toEqual([]);
  });

  test('of the sums in what is told and posted by itself', () => {
    expect([...withSums].sort()).toEqual(expect.arrayContaining(['asked_card', 'image', 'refused', 'request_card']));
    const sums = { left: new Set([7]), over: new Set([-7]) };
    const says = (text: string) => wrongSums([{ blocks: [{ text }] }], sums);
    expect(says('Limit 20 − 13 used = 7 left. This needs 12: 5 credits over.')).toEqual([]);
    expect(says('Limit 20 − 13 used = 7 left. This needs 12: 6 credits over.')).toHaveLength(1);
    expect(says('Limit 20 − 12 used = 7 left.')).toHaveLength(1);
    expect(says('It has 8 credits left.')).toHaveLength(1);
  });

  test('of what is told and posted by itself', () => {
    const expected = Object.entries(TELLS).filter(([, says]) => says === 'something of the agency');
    expect(expected.map(([kind]) => kind).filter((kind) => !told.has(kind))).toEqual([]);
  });

  test('of the forms', () => {
    // It asks for a name, and shows nothing.
    expect(Object.values(VIEWS).filter((callback) => !forms.has(callback))).toEqual([VIEWS.createTeam]);
  });
});

/** Whoever reads it: one button is the next thing to do. */
const withManyPrimaries = ({ what, drawn }: Sight): string[] =>
  drawn.some((each) => primaryCountIn(each) > 1) ? [`${what} has more than one primary button`] : [];

function leaksOf(org: Organisation, readerId: string, sight: Sight, figures: Figures): string[] {
  const { what, view, drawn, occasion = {}, channelId = null, listsPeople = false, sums = false } = sight;
  const { isPrivate = false } = sight;
  const isShared = org.isGuest(readerId) || (channelId !== null && org.isShared(channelId));
  const outside = isPrivate && !org.isGuest(readerId) ? ('alone' as const) : ('shared' as const);
  const knows = knowledgeOf(org, readerId, { ...occasion, audience: 'internal' });
  const mayRead = knowledgeOf(org, readerId, { ...occasion, audience: isShared ? outside : 'internal' });
  const content = contentOf(drawn);
  const strangers = knows.everything || !listsPeople ? [] : peopleIn(view).filter((each) => !knows.people.has(each));
  const found = [
    ...leaksIn(contentOf(view), knows, { figures }),
    ...leaksIn(content, knows, { figures }),
    ...leaksIn(content, mayRead, { figures, readOnly: true }),
    ...strangers.map((each) => `lists ${each}`),
  ].filter((each) => !sums || !/^says \d+$/.test(each));
  if (found.length === 0) return [];
  const { role, status } = org.world.book.now().members.get(readerId) ?? {};
  const who = `seed ${org.seed}: ${readerId} (${role}, ${status}${isShared ? ', others read along' : ''})`;
  return found.map((each) => `${who}, ${what}: ${each}`);
}

let latest: { org: Organisation; seq: number; figures: Figures } | null = null;

async function figuresNow(org: Organisation): Promise<Figures> {
  const { seq } = org.world.book.now();
  if (latest?.org === org && latest.seq === seq) return latest.figures;
  const lines = await linesOf(org);
  latest = { org, seq, figures: figuresOf(org, lines) };
  return latest.figures;
}

const linesOf = ({ world: { book, journal } }: Organisation): Promise<readonly Line[]> =>
  journal.read({ workspace: book.workspace, afterSeq: 0, linesMax: 100_000 });

const now = ({ world: { book, clock } }: Organisation) => Math.max(clock.now(), book.now().lastAt);

function counted(org: Organisation): Organisation {
  const app = new Proxy(org.app, {
    get(verbs, verb: keyof App) {
      calls.set(verb, (calls.get(verb) ?? 0) + 1);
      return verbs[verb];
    },
  });
  return { ...org, app };
}

const formOf = (drawn: unknown): string =>
  typeof drawn === 'object' && drawn !== null && 'callback_id' in drawn ? String(drawn.callback_id) : '';
