import { describe, expect, test } from 'vitest';
import { ACTIONS } from '../../src/slack/kit/ids.ts';
import { ANA, CHANNEL, CLIENT } from '../support/world.ts';
import { twoProcesses } from './two-processes.ts';

const { here, give, lines, ...people } = twoProcesses();
const limit = (limitCredits: number) =>
  give({
    kind: 'set_limit',
    account: `client:${CLIENT}`,
    window: 'month',
    limitCredits,
    over: 'refuse',
    rollOverMaxCredits: null,
  });
const imagine = (text: string) => people.imagine(text, ANA);
const whispers = () => people.whispers(ANA);
const heldCount = async () => (await lines()).filter(({ kind }) => kind === 'held').length;
const pass = (ms: number) => here.clock.set(here.clock.now() + ms);
/** What is said of a click on the first button below a refusal. */
const click = async (ts: string, at = 0) => {
  const before = whispers().length;
  pass(10_000);
  here.slack.deliverTo(here.all[at]!.url);
  await here.slack.as(ANA).click({ channelId: CHANNEL, ts }, ACTIONS.insteadFirst);
  await here.idle();
  return whispers()
    .slice(before)
    .map(({ text }) => text)
    .join('\n');
};

describe('a button below a refusal, clicked again once what was in its way is gone', () => {
  const project = { projectId: 'spring', clientId: CLIENT, name: 'Spring', stage: 'concept' } as const;
  const inTheWay: Record<string, { begin(): Promise<void>; end(): Promise<void>; says: string }> = {
    'the pace': {
      begin: () => imagine('a cat --n 4'),
      end: async () => pass(600_000),
      says: '2 times in 10 minutes',
    },
    'a closed project': {
      begin: () => give({ kind: 'close_project', projectId: 'spring' }),
      end: () => give({ kind: 'reopen_project', projectId: 'spring' }),
      says: 'Spring',
    },
  };

  test.each(
    Object.keys(inTheWay).flatMap(
      (what) =>
        [
          [what, 0],
          [what, 1],
        ] as const,
    ),
  )('%s, at process %i: it is told each time, and made once', async (what, at) => {
    const { begin, end, says } = inTheWay[what]!;
    await give({ kind: 'create_project', ...project, dueAt: here.clock.now() + 30 * 86_400_000 });
    await limit(13);
    const burst = { requestsMax: what === 'the pace' ? 2 : 20, withinMs: 600_000 };
    await give({ kind: 'set_policy', policy: { name: 'burst', value: burst } });
    await imagine('a fox --n 4 --project Spring');
    const { ts } = whispers().at(-1)!;
    await begin();
    for (const turn of [0, at]) expect(await click(ts, turn)).toContain(says);
    expect(await heldCount()).toBe(0);
    await end();
    await click(ts, at);
    expect(await heldCount()).toBe(1);
    expect(await click(ts)).toContain('already chose');
    expect(await heldCount()).toBe(1);
  });
});
