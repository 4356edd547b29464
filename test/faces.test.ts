import type { LocalSlack } from '@inkwell/local-slack';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { CommandBody } from '../src/ledger/commands/commands.ts';
import type { Running } from '../src/start/start.ts';
import { openDemo } from './support/demo.ts';

/** The whole product on the local Slack: what an owner is answered depends on who reads along. */

const [OLIVIA, MARCUS, BEN, GINA, TOM] = ['U0OLIVIA', 'U0MARCUS', 'U0BEN', 'U0GINA', 'U0TOM'] as const;
const [NORTHWIND, MIRA, SUMMER] = ['C0NORTHWIND', 'C0MIRA', 'C0SUMMER'] as const;
const AGENCYS = /The agency|Atlas|3,000/;

let running: Running;
let slack: LocalSlack;
let close: () => Promise<void>;

beforeEach(async () => {
  ({ running, slack, close } = await openDemo());
});
afterEach(() => close());

const whispers = (as: string, channelId: string) =>
  slack.messages(channelId, { as }).filter(({ ephemeral }) => ephemeral);
/** Types a command and waits for the private answer to it. */
async function answer(as: string, command: string, text: string, channelId: string): Promise<string> {
  const before = whispers(as, channelId).length;
  expect(await slack.as(as).command(command, text, { channelId })).toEqual({ ok: true });
  const said = await slack.until(() => whispers(as, channelId)[before], 10_000);
  return JSON.stringify([said.text, said.blocks]);
}
const credits = (channelId: string, as: string = OLIVIA) => answer(as, '/credits', '', channelId);
let wishes = 0;
const given = async (wish: CommandBody) => {
  wishes += 1;
  const { ok } = await running.context.book.submit({ commandId: `given-${wishes}`, by: OLIVIA, ...wish });
  expect(ok).toBe(true);
};

describe('an owner’s /credits', () => {
  test('in a channel that is shared is their own, the client’s, and where the rest is', async () => {
    const said = await credits(NORTHWIND);
    expect(said).toContain('Your credits');
    expect(said).toContain('Northwind Coffee');
    expect(said).toContain('See the rest in Inkwell’s Home.');
    expect(said).not.toMatch(AGENCYS);
    await slack.as(OLIVIA).openHome();
    expect(JSON.stringify(await slack.until(() => slack.home(OLIVIA)))).toMatch(AGENCYS);
    expect(slack.violations).toEqual([]);
  });

  test('changes its face as soon as a guest joins, and leaves', async () => {
    expect(await credits(MIRA)).toMatch(AGENCYS);
    await slack.join(MIRA, GINA);
    expect(await credits(MIRA)).not.toMatch(AGENCYS);
    await slack.leave(MIRA, GINA);
    expect(await credits(MIRA)).toMatch(AGENCYS);
    expect(slack.violations).toEqual([]);
  });

  test('changes its face as soon as the channel is shared, is not any more, or a colleague becomes a guest', async () => {
    expect(await credits(MIRA)).toMatch(AGENCYS);
    await slack.share(MIRA);
    expect(await credits(MIRA)).not.toMatch(AGENCYS);
    await slack.share(MIRA, false);
    expect(await credits(MIRA)).toMatch(AGENCYS);
    await slack.changePerson(BEN, { kind: 'guest' });
    expect(await credits(MIRA)).not.toMatch(AGENCYS);
    expect(slack.violations).toEqual([]);
  });

  test('is the guarded one where Slack cannot be asked who is there', async () => {
    const lost = { error: 'fatal_error' };
    slack.faults.next('conversations.info', lost, lost, lost, lost);
    expect(await credits(SUMMER)).not.toMatch(AGENCYS);
    slack.faults.clear();
    expect(await credits(SUMMER)).toMatch(AGENCYS);
  });
});

describe('where people from outside read along', () => {
  test.each(['people', 'team', 'people ben'])(
    '/credits %s answers a full member alone, marked, without clients’ names',
    async (typed) => {
      const here = await answer(OLIVIA, '/credits', typed, NORTHWIND);
      expect(here).toContain('credits used this month');
      expect(here).toContain('People outside the agency are in this channel. Only you can see this.');
      expect(here).not.toMatch(/Atlas|Mira Skincare|Manages/);
      expect(await answer(OLIVIA, '/credits', typed, MIRA)).not.toContain('People outside the agency');
      await slack.changePerson(OLIVIA, { kind: 'guest' });
      expect(await answer(OLIVIA, '/credits', typed, NORTHWIND)).not.toContain('used this month');
    },
  );

  test('a refusal of the agency’s limit says whose it is, and no figure of it', async () => {
    await given({
      kind: 'set_limit',
      account: 'agency',
      window: 'month',
      limitCredits: 1,
      over: 'refuse',
      rollOverMaxCredits: null,
    });
    const here = await answer(OLIVIA, '/imagine', 'a red fox', NORTHWIND);
    expect(here).toContain('The agency’s limit doesn’t cover this. It needs 6 credits.');
    expect(here).toContain('Numbers aren’t shown here');
    expect(here).not.toMatch(/Limit 1\b|1 left|monthly|Resets|resets/);
    expect(await answer(OLIVIA, '/imagine', 'a red fox', MIRA)).toMatch(/Limit 1 − \d+ used/);
  });

  test('a refusal of the client’s own limit says what was used and what is left, not what it is made of', async () => {
    await given({
      kind: 'set_limit',
      account: 'client:northwind',
      window: 'month',
      limitCredits: 2,
      over: 'refuse',
      rollOverMaxCredits: null,
    });
    await given({ kind: 'add_member', memberId: GINA, role: 'creator' });
    await slack.join(NORTHWIND, GINA);
    const here = await answer(GINA, '/imagine', 'a red fox', NORTHWIND);
    expect(here).toMatch(/\d+ used, none left\./);
    expect(here).not.toMatch(/Limit \d/);
    const alone = await answer(BEN, '/imagine', 'a red fox', NORTHWIND);
    expect(alone).toMatch(/Limit 2 − \d+ used/);
    expect(alone).toContain('People outside the agency are in this channel. Only you can see this.');
  });

  test('the form says what is left of the client’s credits and one’s own', async () => {
    await slack.as(OLIVIA).command('/imagine', '', { channelId: NORTHWIND });
    const modal = await slack.until(() => {
      const drawn = JSON.stringify(slack.modal(OLIVIA)?.blocks);
      return drawn?.includes(' for Northwind Coffee') ? drawn : null;
    });
    expect(modal).not.toMatch(AGENCYS);
  });

  test('a card that lists the clients goes to full members directly, and to nobody else', async () => {
    await slack.share(SUMMER);
    await slack.changePerson(MARCUS, { kind: 'guest' });
    await given({ kind: 'set_role', memberId: MARCUS, role: 'manager' });
    expect(await answer(BEN, '/imagine', 'heat', SUMMER)).toContain('doesn’t belong to a client yet');
    const lists = (channelId: string) => JSON.stringify(slack.messages(channelId)).includes('Atlas');
    expect(lists(slack.directMessage(OLIVIA))).toBe(true);
    for (const where of [SUMMER, NORTHWIND, MIRA, slack.directMessage(MARCUS)]) expect(lists(where)).toBe(false);
  });
});

test('the greeting of a channel stops naming its client once a guest joins', async () => {
  const greeting = () =>
    slack
      .messages(MIRA)
      .map(({ blocks }) => JSON.stringify(blocks))
      .find((each) => each.includes('Inkwell makes AI images'));
  await slack.kick(MIRA);
  await slack.invite(MIRA);
  await slack.until(() => greeting()?.includes('Mira Skincare'), 10_000);
  await slack.join(MIRA, GINA);
  await slack.until(() => greeting()?.includes('Mira Skincare') === false, 10_000);
  await slack.leave(MIRA, GINA);
  await slack.until(() => greeting()?.includes('Mira Skincare'), 10_000);
  expect(slack.violations).toEqual([]);
});

describe('people from outside', () => {
  test.each([GINA, TOM])('%s is told in Home what they can do', async (who) => {
    await slack.as(who).openHome();
    const home = JSON.stringify(await slack.until(() => slack.home(who)));
    expect(home).toContain('You can look at images in your channels, but not make any.');
    expect(home).not.toContain('No limit');
    expect(home).not.toMatch(/The agency|Atlas|Northwind|Mira|Setup/);
  });

  test('somebody who looks after the agency and becomes a guest sees own credits, and why', async () => {
    await slack.changePerson(MARCUS, { kind: 'guest' });
    await given({ kind: 'set_role', memberId: MARCUS, role: 'manager' });
    await slack.as(MARCUS).openHome();
    const home = JSON.stringify(await slack.until(() => slack.home(MARCUS)));
    expect(home).toContain('shown only to full members');
    expect(home).not.toMatch(/Atlas|Setup/);
  });
});
