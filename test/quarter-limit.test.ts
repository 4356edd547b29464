import { rmSync } from 'node:fs';
import type { LocalSlack } from '@inkwell/local-slack';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import type { AccountId } from '../src/ledger/accounts.ts';
import type { CommandBody } from '../src/ledger/commands/commands.ts';
import type { State } from '../src/ledger/state.ts';
import { standings } from '../src/ledger/usage/standings.ts';
import { windowEndsAt, windowKeysAt } from '../src/ledger/usage/windows.ts';
import { ACTIONS } from '../src/slack/kit/ids.ts';
import type { Running } from '../src/start/start.ts';
import { wordsIn } from './slack/home-views.ts';
import { demoFolder, startDemo } from './support/demo.ts';

/** A client's budget by the quarter, as an agency lives with it: the whole product over signed HTTP. One story. */

const CHANNEL = 'C0ATLAS';
const ATLAS = 'client:atlas';
const [OLIVIA, ANA] = ['U0OLIVIA', 'U0ANA'] as const;

let dataDir: string;
let running: Running;
let slack: LocalSlack;
let given = 0;

async function open() {
  running = await startDemo(dataDir);
  if (!running.slack) throw new Error('not the playground');
  slack = running.slack;
}
beforeAll(async () => {
  dataDir = await demoFolder();
  await open();
  await submit(OLIVIA, limit('member:U0ANA', 'day', null));
});
afterAll(async () => {
  await running.stop();
  // After the stop: what waits for a time would wait longer if the time went back.
  vi.restoreAllMocks();
  rmSync(dataDir, { recursive: true, force: true });
});
afterEach(() => expect(slack.violations).toEqual([]));

const limit = (
  account: AccountId,
  window: 'day' | 'quarter',
  limitCredits: number | null,
  over: 'refuse' | 'ask' = 'refuse',
) => ({ kind: 'set_limit', account, window, limitCredits, over, rollOverMaxCredits: null }) as const;
async function submit(by: string, wish: CommandBody) {
  given += 1;
  expect(await running.context.book.submit({ commandId: `given-${given}`, by, ...wish })).toMatchObject({ ok: true });
}
const state = () => running.context.book.now();
const settings = () => state().settings as NonNullable<State['settings']>;
const now = () => running.context.clock.now();
const quarterOf = (account: AccountId) => standings(state(), account, now()).find(({ window }) => window === 'quarter');
const used = () =>
  state()
    .use.get(ATLAS)
    ?.find(({ key }) => key === windowKeysAt(now(), settings()).quarter);
const usedCredits = () => used()?.usedCredits ?? 0;
const imagine = async () => {
  const options = { channelId: CHANNEL };
  expect(await slack.as(ANA).command('/imagine', 'a red fox at dusk', options)).toEqual({ ok: true });
};
const whispers = () =>
  slack
    .messages(CHANNEL, { as: ANA })
    .flatMap((message) => (message.ephemeral ? [`${message.text} ${wordsIn(message.blocks)}`] : []));
/** One image, of which the ledger says what it cost. */
async function made(): Promise<number> {
  const before = usedCredits();
  await imagine();
  await slack.until(() => usedCredits() > before, 20_000);
  return usedCredits() - before;
}
async function refused(times = 1): Promise<string> {
  const [credits, said] = [usedCredits(), whispers().length];
  for (let time = 0; time < times; time += 1) await imagine();
  await slack.until(() => whispers().length >= said + times, 20_000);
  expect([usedCredits(), used()?.heldCredits]).toEqual([credits, 0]);
  return whispers().at(-1) ?? '';
}

let price: number;

test('is set from Home, where what was used before counts, and is hard', async () => {
  price = await made();
  await slack.as(OLIVIA).openHome();
  const home = (action: string) =>
    slack.until(() => {
      const view = slack.home(OLIVIA);
      return JSON.stringify(view?.blocks ?? []).includes(action) ? view : null;
    }, 10_000);
  await slack.as(OLIVIA).click(await home(ACTIONS.homeTabLimits), ACTIONS.homeTabLimits);
  const value = JSON.stringify([0, 0, '@limits', ATLAS]);
  await slack.as(OLIVIA).click(await home(ACTIONS.limitsOpen), ACTIONS.limitsOpen, { value });
  await slack.as(OLIVIA).click(await slack.until(() => slack.modal(OLIVIA), 10_000), ACTIONS.limitsMore);
  const form = await slack.until(() => {
    const modal = slack.modal(OLIVIA);
    return modal?.blocks.some(({ block_id: id }) => id === 'quarter') ? modal : null;
  }, 10_000);
  const most = usedCredits() + price;
  const figure = most.toLocaleString('en');
  await slack.as(OLIVIA).submit(form, { quarter: String(most), over_quarter: 'refuse' });
  const preview = await slack.until(() => {
    const modal = slack.modal(OLIVIA);
    return modal && wordsIn(modal.blocks).includes(`Quarter: no limit a quarter → ${figure} credits a quarter`)
      ? modal
      : null;
  }, 10_000);
  await slack.as(OLIVIA).submit(preview, {});
  await slack.until(() => quarterOf(ATLAS)?.availableCredits === price, 10_000);

  expect(await made()).toBe(price);
  const said = await refused(4);
  expect(said).toContain('Atlas Outdoor’s quarterly budget');
  expect(said).toContain('= 0 left');
  const dates = JSON.stringify(slack.messages(CHANNEL, { as: ANA }).at(-1)?.blocks);
  expect(dates).toContain(String(windowEndsAt('quarter', now(), settings()) / 1_000));
});

test('gets more by a grant, by a move, and by an approval that raises it', async () => {
  await submit(OLIVIA, {
    kind: 'grant',
    grantId: 'g',
    account: ATLAS,
    amountCredits: price,
    expiresAt: null,
    reason: 'For the pitch',
  });
  await made();
  await refused();
  await submit(OLIVIA, limit('client:northwind', 'quarter', 1_000));
  const move = { kind: 'move_budget', from: 'client:northwind', to: ATLAS, window: 'quarter' } as const;
  await submit(OLIVIA, { ...move, amountCredits: price });
  await made();
  await refused();

  const { limitCredits = 0 } =
    state()
      .limits.get(ATLAS)
      ?.find(({ window }) => window === 'quarter') ?? {};
  await submit(OLIVIA, limit(ATLAS, 'quarter', limitCredits, 'ask'));
  await imagine();
  const request = () => state().requests.find(({ end, memberId }) => end === null && memberId === ANA);
  const asked = await slack.until(() => request(), 20_000);
  const inbox = slack.directMessage(OLIVIA);
  const card = await slack.until(
    () => slack.messages(inbox).find((message) => JSON.stringify(message.blocks).includes(asked.requestId)),
    20_000,
  );
  await slack.as(OLIVIA).click({ channelId: inbox, ts: card.ts }, ACTIONS.requestRaise);
  const form = await slack.until(() => slack.modal(OLIVIA), 10_000);
  const before = usedCredits();
  await slack.as(OLIVIA).submit(form, { [`limit.${ATLAS} quarter`]: String(limitCredits + price) });
  await slack.until(() => usedCredits() === before + price, 20_000);
  expect(quarterOf(ATLAS)).toMatchObject({ limitCredits: limitCredits + 2 * price, availableCredits: 0 });
});

test('is whole again when the next quarter begins, and not an instant before', async () => {
  const endsAt = windowEndsAt('quarter', now(), settings());
  const limitOf = () => standings(state(), ATLAS, endsAt - 1).find(({ window }) => window === 'quarter');
  expect(limitOf()).toMatchObject({ availableCredits: 0 });
  await running.stop();
  const aheadMs = endsAt - Date.now() + 3_600_000;
  const real = Date.now.bind(Date);
  vi.spyOn(Date, 'now').mockImplementation(() => real() + aheadMs);
  await open();
  await made();
  const set =
    state()
      .limits.get(ATLAS)
      ?.find(({ window }) => window === 'quarter')?.limitCredits ?? 0;
  expect(quarterOf(ATLAS)).toMatchObject({ usedCredits: price, limitCredits: set });
});
