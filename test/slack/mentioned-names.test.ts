import { DEMO_WORKSPACE } from '@inkwell/local-slack';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ImageInput } from '../../src/app/inputs.ts';
import { openQuickBolt, type QuickBolt } from './quick-bolt.ts';
import { ANA, GINA, NORTHWIND, OLIVIA, TOM } from './quick-slack.ts';

/** Inkwell looks names up with eyes of its own, and everyone in the channel reads the prompt. */

const [TALKS, LOUNGE, MIRA] = ['C0TALKS', 'C0LOUNGE', 'C0MIRA'] as const;
const [ofMira] = DEMO_WORKSPACE.channels.filter(({ channelId }) => channelId === MIRA);
const channel = (channelId: string, name: string, kind: 'public' | 'private', memberIds: string[]) => ({
  ...ofMira!,
  ...{ channelId, name, kind, memberIds: [...memberIds, 'U0INKWELL'] },
});
const seed = {
  ...DEMO_WORKSPACE,
  channels: [
    ...DEMO_WORKSPACE.channels,
    channel(TALKS, 'takeover-talks', 'private', [OLIVIA, ANA]),
    channel(LOUNGE, 'lounge', 'public', [OLIVIA]),
    channel('C0INSIDE', 'inside', 'private', [OLIVIA, ANA]),
  ],
};

let here: QuickBolt;
beforeAll(async () => {
  here = await openQuickBolt({ seed, rateLimits: 'off' });
});
beforeEach(() => {
  here.app.calls.length = 0;
  here.slack.faults.clear();
  here.clock.pass(3_600_000);
});
afterAll(async () => {
  expect(here.slack.violations).toEqual([]);
  await here.close();
});

let asked = 0;
async function promptOf(text: string, { as = ANA, in: channelId = 'C0INSIDE' } = {}): Promise<string | undefined> {
  asked += 1;
  const ts = `1700000000.${String(asked).padStart(6, '0')}`;
  const event = { type: 'app_mention', user: as, text: `<@U0INKWELL> ${text}`, ts, channel: channelId, event_ts: ts };
  const body = JSON.stringify({ type: 'event_callback', team_id: 'T0JUNIPER', event });
  await here.slack.deliver(body, { 'content-type': 'application/json', ...here.slack.sign(body) });
  await here.bolt.idle();
  return (here.app.of('requestImage') as ImageInput[]).at(-1)?.prompt;
}

describe('the name of a mentioned channel', () => {
  test.each([
    ['a private one, also to a member of it', ANA, 'C0INSIDE', `<#${TALKS}>`, `#${TALKS}`],
    ['a private one, to someone who is not in it', GINA, 'C0GENERAL', `<#${TALKS}>`, `#${TALKS}`],
    ['a public one, beside a guest', ANA, 'C0GENERAL', `<#${LOUNGE}>`, `#${LOUNGE}`],
    ['a public one, beside another organization', OLIVIA, NORTHWIND, `<#${LOUNGE}|>`, `#${LOUNGE}`],
    ['a public one, to a guest', GINA, 'C0ATLAS', `<#${LOUNGE}>`, `#${LOUNGE}`],
    ['a public one, among full members', ANA, 'C0INSIDE', `<#${LOUNGE}>`, '#lounge'],
    ['the private one that it is typed in', ANA, TALKS, `<#${TALKS}>`, '#takeover-talks'],
    ['the shared one that it is typed in', TOM, NORTHWIND, `<#${NORTHWIND}>`, '#northwind-coffee'],
    ['one that the writer’s Slack names itself', ANA, NORTHWIND, '<#C0OTHER|retro>', '#retro'],
    ['one that Inkwell does not see', ANA, 'C0INSIDE', '<#C0NOWHERE>', '#C0NOWHERE'],
  ])('%s', async (_, as, channelId, mention, said) => {
    expect(await promptOf(`a fox for ${mention}`, { as, in: channelId })).toBe(`a fox for ${said}`);
  });

  test.each(['conversations.info', 'conversations.members'])('is left out where %s does not answer', async (method) => {
    const lost = { error: 'fatal_error' };
    here.slack.faults.next(method, lost, lost, lost, lost);
    expect(await promptOf(`a hare for <#${LOUNGE}>`)).toBe(`a hare for #${LOUNGE}`);
  });

  test('people are named as before', async () => {
    expect(await promptOf(`an owl for <@${OLIVIA}>`, { in: NORTHWIND })).toBe('an owl for @Olivia');
  });
});
