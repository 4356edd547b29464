import { beforeEach, describe, expect, test } from 'vitest';
import { loadJob } from '../../src/app/images/job-lease.ts';
import { makeInstead } from '../../src/app/images/make-instead.ts';
import { directly } from '../../src/app/requester.ts';
import type { Rule, RuleScope } from '../../src/ledger/rules.ts';
import { PeopleFault } from '../../src/ports/ports.ts';
import { waitingIn } from '../support/waiting.ts';
import { ANA, BEN, CLIENT, createWorld, OLIVIA, openAgency, type TestWorld, UNBOUND } from '../support/world.ts';

const HOUR_MS = 3_600_000;
const ANYTHING: Rule = { imagesMax: null, priceMaxCredits: null, models: null, qualities: null };

let world: TestWorld;
let here: ReturnType<typeof waitingIn>;

beforeEach(async () => {
  world = await createWorld({ providerNames: ['openai', 'sketch'] });
  await openAgency(world, { monthCredits: 1_000 });
  here = waitingIn(world);
});

const rule = (scope: RuleScope, change: Partial<Rule>) =>
  here.submit(OLIVIA, { kind: 'set_rule', scope, rule: { ...ANYTHING, ...change } });
const project = (name: string, stage: 'concept' | 'iteration' | 'final' = 'concept') =>
  here.submit(OLIVIA, { kind: 'create_project', projectId: 'spring', clientId: CLIENT, name, stage, dueAt: null });
const madeJob = async (jobId: string) => await loadJob(world, `${jobId}-bound`);
const keptPrompt = () => world.records.prompts.get({ workspace: world.book.workspace, jobId: 'job-1' });

describe('a kept prompt runs by the rules of then', () => {
  test.each([
    ['what was not said is what is usual and allowed', {}, { quality: 'low' }],
    ['what was said stays, and is refused by name', { quality: 'high' }, null],
    ['a size that was said stays', { size: '1536x1024' }, { quality: 'low', size: '1536x1024' }],
  ])('%s', async (_, options, made) => {
    await here.ask({ options });
    await rule(`client:${CLIENT}`, { qualities: ['low'] });
    await here.decide();
    if (made) expect(await madeJob('job-1')).toMatchObject({ ...made, insteadOf: 'medium' });
    else expect(here.notes().at(-1)).toMatchObject({ kind: 'refused', refusal: { reason: 'quality_not_allowed' } });
    expect(here.prompts()).toHaveLength(made ? 1 : 0);
  });

  test.each(['Spring launch', 'spring LAUNCH', 'spring'])(
    'it counts for the project that was typed: %s',
    async (typed) => {
      await here.ask({ project: typed, stage: null });
      await project('Spring launch', 'final');
      await here.submit(OLIVIA, { kind: 'bind_channel', channelId: UNBOUND, clientId: CLIENT, ifUnbound: true });
      await here.sweep();
      expect(await madeJob('job-1')).toMatchObject({ projectId: 'spring', stage: 'final' });
    },
  );

  test('past the limit of that project nothing is charged', async () => {
    await here.ask({ project: 'Spring', prompt: 'a door' });
    await project('Spring');
    const none = { account: 'project:spring', window: 'total', limitCredits: 0 } as const;
    await here.submit(OLIVIA, { kind: 'set_limit', ...none, over: 'refuse', rollOverMaxCredits: null });
    await here.decide();
    expect(here.notes().at(-1)).toMatchObject({
      kind: 'refused',
      refusal: { reason: 'limit_exceeded' },
      prompt: 'a door',
    });
    expect(here.prompts()).toEqual([]);
  });

  test('without that project it does not run, and the person hears why, with the prompt', async () => {
    await here.ask({ project: 'Autumn', prompt: 'a door' });
    await here.decide();
    await here.sweep();
    const because = { kind: 'project_wrong', problem: { reason: 'unknown', typed: 'Autumn' }, prompt: 'a door' };
    expect(here.notRun()).toMatchObject([{ why: 'refused', because }]);
    expect(here.prompts()).toEqual([]);
    expect(await keptPrompt()).toBeNull();
  });

  test('the first in a thread is still the first, whichever runs first; a guess of a form stays', async () => {
    const place = { channelId: UNBOUND, threadId: '1.1' };
    for (const prompt of ['one', 'two']) await here.ask({ place, prompt, deliveryId: prompt, stage: null });
    await here.ask({ place, prompt: 'three', deliveryId: 'three', stage: null, guess: 'final' });
    await here.decide();
    const stages = await Promise.all(['one', 'two', 'three'].map(madeJob));
    expect(stages.map((job) => job?.stage)).toEqual(['concept', 'iteration', 'final']);
    expect(stages.every((job) => job?.isStageGuessed)).toBe(true);
  });
});

describe('a kept prompt that costs more by then', () => {
  beforeEach(async () => {
    await here.ask({ prompt: 'a door', options: { quality: 'high' }, imagesCount: 2, project: 'Spring', stage: null });
    await project('Spring');
  });

  const most = () => here.notes().flatMap((note) => (note.kind === 'client_asked' ? [note.mostCredits] : []))[0] ?? 0;
  const dearer = () => here.notRun().flatMap((note) => (note.why === 'dearer' ? [note] : []));
  const click = (by: string, totalCredits = dearer()[0]?.fitting.totalCredits ?? 0) => {
    const { jobId = '', fitting } = dearer()[0] ?? {};
    const { model = '', size = '', quality = '', imagesCount = 0 } = fitting ?? {};
    const clicked = {
      deliveryId: world.newId(),
      requester: directly(by),
      place: { channelId: `D${by}`, threadId: null },
      jobId,
    };
    return makeInstead(world, { ...clicked, made: { model, size, quality, imagesCount }, shownCredits: totalCredits });
  };

  test('does not run: the person hears both prices, and the prompt is kept for a day', async () => {
    await here.price(5_000);
    await here.decide();
    expect(dearer()).toMatchObject([
      { thenCredits: most(), jobId: 'job-1', prompt: 'a door', fitting: { differs: [] } },
    ]);
    expect(dearer()[0]?.fitting.totalCredits).toBeGreaterThan(most());
    // It was told not to run, so it does not, whatever it costs later.
    await here.price(10_000);
    await here.sweep();
    await world.clock.advance(23 * HOUR_MS);
    await here.sweep();
    expect(await keptPrompt()).toBe('a door');
    await world.clock.advance(2 * HOUR_MS);
    await here.sweep();
    expect(dearer()).toHaveLength(1);
    expect(here.prompts()).toEqual([]);
    expect(await keptPrompt()).toBeNull();
    expect(await loadJob(world, 'job-1')).toMatchObject({ finished: true });
  });

  test('is made for the new price by one click of its author, once, for the project that was typed', async () => {
    await here.price(5_000);
    await here.decide();
    expect(await click(BEN)).toBe(false);
    expect(await click(ANA)).toBe(true);
    expect(await click(ANA)).toBe(false);
    expect(here.prompts()).toEqual(['a door', 'a door']);
    expect(world.messenger.sheets).toMatchObject([{ announced: { job: { projectId: 'spring', quality: 'high' } } }]);
    expect(here.notes().at(-1)).toMatchObject({ kind: 'already_made' });
  });

  test('and says so once more where it costs even more at the click', async () => {
    await here.price(5_000);
    await here.decide();
    await here.price(2_000);
    expect(await click(ANA)).toBe(false);
    expect(here.notes().at(-1)).toMatchObject({ kind: 'instead_offered', why: 'price_changed', jobId: 'job-1' });
    expect(here.prompts()).toEqual([]);
  });

  test.each([10_000, 20_000])('and runs where it costs the same or less: a credit of %i', async (value) => {
    await here.price(value);
    await here.decide();
    expect(here.prompts()).toHaveLength(2);
    expect(await keptPrompt()).toBeNull();
  });
});

describe('a person who is gone by then', () => {
  const leaves: Record<string, () => Promise<void>> = {
    'has left the channel': async () => {
      world.channels.has = async (_, userId) => userId !== ANA;
    },
    'was removed': () => here.submit(OLIVIA, { kind: 'remove_member', memberId: ANA, reason: 'Left' }),
    'was deactivated in Slack': async () => {
      const { look } = world.people;
      world.people.look = async (id) => {
        const person = await look(id);
        return person && id === ANA ? { ...person, kind: 'deactivated' } : person;
      };
    },
    'was suspended': () => here.submit(OLIVIA, { kind: 'suspend_member', memberId: ANA, reason: '' }),
  };

  test.each(Object.keys(leaves))('%s: nothing is spent, and no sum is read', async (how) => {
    for (const by of [ANA, BEN]) await here.ask({ by, prompt: `for ${by}`, deliveryId: `of-${by}` });
    await here.submit(OLIVIA, {
      ...({ kind: 'set_limit', account: `client:${CLIENT}`, window: 'month', limitCredits: 30 } as const),
      ...({ over: 'refuse', rollOverMaxCredits: null } as const),
    });
    await leaves[how]?.();
    world.messenger.told.splice(0);
    await here.decide();
    await here.sweep();
    expect(here.prompts()).toEqual([`for ${BEN}`]);
    const toAna = world.messenger.told.filter(({ to }) => to.memberId === ANA).map(({ note }) => note);
    expect(toAna.filter(({ kind }) => kind === 'channel_bound')).toEqual([]);
    expect(JSON.stringify(toAna)).not.toMatch(/limitCredits|usedCredits/);
    if (how === 'has left the channel') {
      const because = { kind: 'not_in_channel', prompt: `for ${ANA}` };
      expect(toAna).toMatchObject([{ kind: 'not_run', why: 'refused', because }]);
    }
    if (how === 'was removed' || how === 'was deactivated in Slack') expect(toAna).toEqual([]);
  });

  test('what Slack does not say yet is asked again, and nothing runs before', async () => {
    await here.ask();
    const { has } = world.channels;
    world.channels.has = async () => Promise.reject(new PeopleFault('conversations.members: internal_error'));
    await here.decide();
    expect([here.prompts(), here.notRun()]).toEqual([[], []]);
    world.channels.has = has;
    await here.sweep();
    expect(here.prompts()).toHaveLength(1);
  });

  test('what Slack never says ends after a day', async () => {
    await here.ask();
    world.channels.has = async () => Promise.reject(new PeopleFault('conversations.members: account_inactive'));
    await here.decide();
    await world.clock.advance(47 * HOUR_MS);
    await here.sweep();
    expect(here.notRun()).toEqual([]);
    await world.clock.advance(2 * HOUR_MS);
    await here.sweep();
    expect(here.notRun()).toMatchObject([{ why: 'refused', because: null, prompt: 'a red fox at dusk' }]);
    expect(await loadJob(world, 'job-1')).toMatchObject({ finished: true });
    expect(here.prompts()).toEqual([]);
  });
});
