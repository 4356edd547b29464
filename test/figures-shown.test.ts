import type { LocalSlack } from '@inkwell/local-slack';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { AccountId } from '../src/ledger/accounts.ts';
import type { CommandBody } from '../src/ledger/commands/commands.ts';
import type { OnExceeded } from '../src/ledger/state.ts';
import type { Window } from '../src/ledger/usage/windows.ts';
import type { Running } from '../src/start/start.ts';
import { openDemo } from './support/demo.ts';

/** The whole product on the local Slack: the form, private answers and refusals say of credits what the ledger decides. */

const [OLIVIA, BEN, GINA] = ['U0OLIVIA', 'U0BEN', 'U0GINA'] as const;
/** A guest is in the first one. */
const [NORTHWIND, MIRA] = ['C0NORTHWIND', 'C0MIRA'] as const;
const MARK = 'People outside the agency are in this channel. Only you can see this.';

let running: Running;
let slack: LocalSlack;
let close: () => Promise<void>;

beforeEach(async () => {
  ({ running, slack, close } = await openDemo());
  await given({ kind: 'add_member', memberId: GINA, role: 'creator' });
  await slack.join(NORTHWIND, GINA);
});
afterEach(async () => {
  expect(slack.violations).toEqual([]);
  await close();
});

let wishes = 0;
const given = async (...all: CommandBody[]) => {
  for (const wish of all) {
    wishes += 1;
    const answer = await running.context.book.submit({ commandId: `given-${wishes}`, by: OLIVIA, ...wish });
    expect(answer).toMatchObject({ ok: true });
  }
};
const limit = (account: AccountId, limitCredits: number, over: OnExceeded = 'refuse', window: Window = 'month') =>
  ({ kind: 'set_limit', account, window, limitCredits, over, rollOverMaxCredits: null }) as const;
const project = {
  kind: 'create_project',
  projectId: 'launch',
  clientId: 'northwind',
  name: 'Winter launch',
  dueAt: null,
  stage: 'concept',
} as const;

const whispers = (as: string, channelId: string) =>
  slack.messages(channelId, { as }).filter(({ ephemeral }) => ephemeral);
async function answer(as: string, command: string, text: string, channelId: string): Promise<string> {
  const before = whispers(as, channelId).length;
  expect(await slack.as(as).command(command, text, { channelId })).toEqual({ ok: true });
  const said = await slack.until(() => whispers(as, channelId)[before], 10_000);
  return JSON.stringify([said.text, said.blocks]);
}
const textsIn = (drawn: unknown): string[] =>
  typeof drawn !== 'object' || drawn === null
    ? []
    : Object.entries(drawn).flatMap(([key, value]) =>
        key === 'text' && typeof value === 'string' ? [value] : textsIn(value),
      );

/** The form, once what is left stands in it. */
async function form(as: string, channelId: string): Promise<{ words: string; submit: string }> {
  await slack.as(as).command('/imagine', '', { channelId });
  return await slack.until(() => {
    const modal = slack.modal(as);
    const words = textsIn(modal?.blocks ?? []).join('');
    return words.includes('You: ') ? { words, submit: modal?.submit?.text ?? '' } : null;
  });
}

describe('the form says what the ledger would answer', () => {
  test.each<[string, CommandBody[], string, string, string]>([
    ['the agency’s limit', [limit('agency', 1)], 'Try anyway', 'no credits left. This needs 6', 'monthly'],
    ['a day of the agency', [limit('agency', 3, 'refuse', 'day')], 'Try anyway', 'has 3 credits left', 'daily'],
    [
      'a closed client',
      [{ kind: 'close_client', clientId: 'mira' }],
      'Try anyway',
      'is closed, so images can’t be made for it',
      'closed for Mira Skincare',
    ],
    ['a limit that warns', [limit('agency', 1, 'warn')], 'Make for 6 credits', ' for Mira Skincare', 'You: '],
  ])('%s', async (_, wishes, submit, ...words) => {
    await given(...wishes);
    const shown = await form(OLIVIA, MIRA);
    expect(shown.submit).toBe(submit);
    for (const each of words) expect(shown.words).toContain(each);
    if (submit !== 'Try anyway') return;
    const [sentence = ''] = words;
    expect(await answer(OLIVIA, '/imagine', 'a red fox', MIRA)).toContain(sentence);
  });

  test('a limit that asks', async () => {
    await given(limit('agency', 1, 'ask'));
    const { words, submit } = await form(BEN, MIRA);
    expect(submit).toBe('Ask for 6 credits');
    expect(words).toContain('This needs approval.');
    expect(words).toContain('The agency');
  });

  test('without figures of the agency, beside people from outside', async () => {
    await given(limit('agency', 1));
    for (const who of [BEN, GINA]) {
      const { words, submit } = await form(who, NORTHWIND);
      expect(submit).toBe('Try anyway');
      expect(words).toContain('The agency’s limit doesn’t cover this. It needs 6 credits.');
      expect(words).not.toMatch(/agency’s monthly limit/);
    }
  });
});

describe('in a channel with a guest, what one full member reads alone', () => {
  beforeEach(() => given(project, limit('project:launch', 5, 'refuse', 'total')));

  test('has the client’s projects, and says who is there', async () => {
    const alone = await answer(BEN, '/credits', 'project', NORTHWIND);
    expect(alone).toContain('Winter launch');
    expect(alone).toContain(MARK);
    expect(await answer(GINA, '/credits', 'project', NORTHWIND)).not.toContain('Winter launch');
  });

  test('names the project whose budget is too low, with its figures; a guest hears of neither', async () => {
    const alone = await answer(BEN, '/imagine', 'a red fox --project "Winter launch"', NORTHWIND);
    expect(alone).toContain('Winter launch');
    expect(alone).toContain('total budget has 5 credits left. This needs 6.');
    expect(alone).toContain(MARK);
    await given({ kind: 'bind_project', channelId: NORTHWIND, threadTs: null, projectId: 'launch' });
    expect((await form(BEN, NORTHWIND)).words).toContain('total budget has 5 credits left. This needs 6.');
    const guest = await answer(GINA, '/imagine', 'a red fox', NORTHWIND);
    expect(guest).not.toMatch(/Winter launch|5 credits/);
  });

  test('is a report of this client alone, without money', async () => {
    const report = await answer(OLIVIA, '/credits', 'report this year', NORTHWIND);
    expect(report).toContain('Northwind Coffee');
    expect(report).toContain(MARK);
    expect(report).not.toMatch(/Mira|Atlas|worth|charged/);
    for (const asked of ['report Mira Skincare', 'report @Ben', 'report nothing like it']) {
      expect(await answer(OLIVIA, '/credits', asked, NORTHWIND)).not.toMatch(/\d+ images|Atlas|Did you mean/);
    }
    expect(await answer(GINA, '/credits', 'report', NORTHWIND)).toContain('aren’t shown here');
  });

  test('says that credits were moved; a guest reads what was used and what is left', async () => {
    await given({
      kind: 'move_budget',
      from: 'client:northwind',
      to: 'client:mira',
      window: 'month',
      amountCredits: 50,
    });
    expect(await answer(BEN, '/credits', '', NORTHWIND)).toContain('50 moved away');
    const guest = await answer(GINA, '/credits', '', NORTHWIND);
    expect(guest).toMatch(/\d+ used/);
    expect(guest).not.toMatch(/moved|limit −|\d limit|\b50\b/);
    await given(limit('client:northwind', 55));
    const refused = await answer(GINA, '/imagine', 'a red fox', NORTHWIND);
    expect(refused).not.toMatch(/moved|Limit \d|\b50\b/);
  });

  test('marks the channel in Home, also where no one has used it yet', async () => {
    await slack.as(OLIVIA).openHome();
    await slack.until(() => running.context.channels.hasOutsiders?.(NORTHWIND));
    expect(running.context.channels.hasOutsiders?.(MIRA)).toBe(false);
    await slack.as(OLIVIA).openHome();
    const tab = await slack.until(() => slack.home(OLIVIA));
    await slack.as(OLIVIA).click(tab, 'home_tab_clients');
    const home = await slack.until(() => {
      const words = JSON.stringify(slack.home(OLIVIA)?.blocks);
      return words.includes('people from outside') ? words : null;
    });
    expect(home.match(/people from outside/g)).toHaveLength(2);
  });
});
