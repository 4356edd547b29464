import { rmSync } from 'node:fs';
import type { LocalSlack } from '@inkwell/local-slack';
import type { Message } from '@inkwell/local-slack/view.ts';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { CommandBody } from '../src/ledger/commands/commands.ts';
import { ACTIONS } from '../src/slack/kit/ids.ts';
import type { Running } from '../src/start/start.ts';
import { demoFolder, startDemo } from './support/demo.ts';

/** Requests that need an approval, as people meet them: the whole product over signed HTTP against the local Slack. */

const ATLAS = 'C0ATLAS';
/** A channel that only people of the agency are in. */
const INSIDE = 'C0SUMMER';
const [OLIVIA, MARCUS, ANA, BEN] = ['U0OLIVIA', 'U0MARCUS', 'U0ANA', 'U0BEN'] as const;

let dataDir: string;
let running: Running;
let slack: LocalSlack;

async function open() {
  running = await startDemo(dataDir);
  if (!running.slack) throw new Error('not the playground');
  slack = running.slack;
}

beforeEach(async () => {
  dataDir = await demoFolder();
  await open();
});
afterEach(async () => {
  expect(slack.violations).toEqual([]);
  await running.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

const said = (message: Message | undefined) => JSON.stringify([message?.text, message?.blocks]);
const imagesIn = (channelId: string) =>
  slack.messages(channelId, { as: BEN }).flatMap(({ blocks }) => blocks.filter(({ type }) => type === 'image')).length;
let wishes = 0;
const submit = async (by: string, wish: CommandBody) => {
  wishes += 1;
  const answer = await running.context.book.submit({ commandId: `test-${wishes}`, by, ...wish });
  expect(answer).toMatchObject({ ok: true });
};
const requests = () => [...running.context.book.now().requests.values()].filter(({ channelId }) => channelId === ATLAS);
const latest = () => requests().sort((a, b) => b.askedAt - a.askedAt)[0];
/** Ben's daily limit asks: three images are more than it has. */
const ask = async () => {
  const before = latest()?.requestId;
  expect(await slack.as(BEN).command('/imagine', 'a red fox at dusk --n 3', { channelId: ATLAS })).toEqual({
    ok: true,
  });
  return await slack.until(() => {
    const asked = latest();
    return asked && asked.requestId !== before && asked.end === null ? asked : null;
  }, 10_000);
};
/** The card of the latest request, for somebody or in a channel, while it is open. */
const card = (channelId: string) =>
  slack.until(
    () =>
      slack
        .messages(channelId)
        .findLast(
          (message) => /request_approve/.test(said(message)) && said(message).includes(latest()?.requestId ?? '?'),
        ),
    10_000,
  );
const at = (channelId: string, { ts }: Message) => ({ channelId, ts });
const drawn = (channelId: string, ts: string, words: RegExp) =>
  slack.until(
    () => slack.messages(channelId).find((message) => message.ts === ts && words.test(said(message))),
    15_000,
  );
const whispered = (as: string, channelId: string, words: RegExp) =>
  slack.until(
    () => slack.messages(channelId, { as }).find((message) => message.ephemeral && words.test(said(message))),
    10_000,
  );

describe('a request over a limit that asks', () => {
  test('is asked about, approved, and made in its channel; everybody’s message says so', async () => {
    await ask();
    expect(said(await whispered(BEN, ATLAS, /needs approval/))).toMatch(/Nothing is charged until then/);
    const toMarcus = slack.directMessage(MARCUS);
    const theCard = await card(toMarcus);
    expect(said(theCard)).toMatch(/a red fox at dusk/);
    expect(said(theCard)).toMatch(/may help .* more than another approval/);
    const toBen = slack.directMessage(BEN);
    const own = await slack.until(() => slack.messages(toBen).find((message) => /Withdraw/.test(said(message))));
    const before = imagesIn(ATLAS);
    await slack.as(MARCUS).click(at(toMarcus, theCard), ACTIONS.requestApprove);
    await slack.until(() => imagesIn(ATLAS) === before + 3, 20_000);
    const after = said(await drawn(toMarcus, theCard.ts, /approved once by.*for this request only.*Told: /s));
    expect(after.slice(after.indexOf('Told: '))).toContain(BEN);
    // Two new messages, which are unread until Ben sees them: a card that is edited is not.
    const news = () => slack.messages(toBen).filter(({ ts }) => ts > own.ts);
    await slack.until(() => news().length === 2, 10_000);
    expect(news().map(said)).toEqual([
      expect.stringMatching(/Your request for 18 credits in .*was approved by .*Inkwell is making your 3 images now/s),
      expect.stringMatching(/Your 3 images in .* are ready.*\/archives\/C0ATLAS\/p\d+/s),
    ]);
    await drawn(toBen, own.ts, /approved once by.*The result is shown in the channel.*extra credits on your limit/s);
    expect(latest()?.end).toMatchObject({ as: 'approved', by: MARCUS });
  });

  test('two managers in the same moment: one approves, the other is told, three images and no more', async () => {
    await submit(OLIVIA, { kind: 'set_approvals_channel', clientId: 'atlas', channelId: INSIDE });
    await submit(OLIVIA, { kind: 'set_role', memberId: ANA, role: 'manager' });
    await submit(OLIVIA, { kind: 'set_manages', memberId: ANA, clientIds: ['atlas'], teamIds: ['design'] });
    await ask();
    const theCard = await card(INSIDE);
    const before = imagesIn(ATLAS);
    await Promise.all([MARCUS, ANA].map((by) => slack.as(by).click(at(INSIDE, theCard), ACTIONS.requestApprove)));
    await slack.until(() => imagesIn(ATLAS) === before + 3, 20_000);
    const loser = latest()?.end?.by === MARCUS ? ANA : MARCUS;
    await whispered(loser, INSIDE, /Nothing else was done/);
    await drawn(INSIDE, theCard.ts, /approved/);
    expect(imagesIn(ATLAS)).toBe(before + 3);
  });

  test('a click after a restart, and one on a card that has ended, are answered', async () => {
    await ask();
    const toMarcus = slack.directMessage(MARCUS);
    const theCard = await card(toMarcus);
    await running.stop();
    await open();
    const before = imagesIn(ATLAS);
    const stale = slack.deliveries.length;
    await slack.as(MARCUS).click(at(toMarcus, theCard), ACTIONS.requestApprove);
    await slack.until(() => imagesIn(ATLAS) === before + 3, 20_000);
    const delivery = slack.deliveries.slice(stale).find(({ body }) => body.includes(ACTIONS.requestApprove));
    if (!delivery) throw new Error('no click was delivered');
    await slack.replay(delivery);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(imagesIn(ATLAS)).toBe(before + 3);
  });

  test('is nobody’s own to approve, and the one who asked may withdraw it', async () => {
    await submit(OLIVIA, { kind: 'set_approvals_channel', clientId: 'atlas', channelId: INSIDE });
    await ask();
    const theCard = await card(INSIDE);
    await slack.as(BEN).click(at(INSIDE, theCard), ACTIONS.requestApprove);
    await whispered(BEN, INSIDE, /can’t approve or deny your own request/);
    await slack.as(ANA).click(at(INSIDE, theCard), ACTIONS.requestDeny);
    await whispered(ANA, INSIDE, /Only owners and the managers responsible can/);
    const toBen = slack.directMessage(BEN);
    const own = await slack.until(() => slack.messages(toBen).findLast((message) => /Withdraw/.test(said(message))));
    await slack.as(BEN).click(at(toBen, own), ACTIONS.requestWithdraw);
    await drawn(INSIDE, theCard.ts, /withdrawn/);
    expect(latest()?.end).toMatchObject({ as: 'withdrawn' });
  });

  test('is denied with a reason, approved until a day, or by raising the limit: in forms that say what is wrong', async () => {
    const toMarcus = slack.directMessage(MARCUS);
    const openForm = async (action: string) => {
      await ask();
      await slack.as(MARCUS).click(at(toMarcus, await card(toMarcus)), action);
      return await slack.until(() => slack.modal(MARCUS), 10_000);
    };
    const denying = await openForm(ACTIONS.requestDeny);
    await slack.as(MARCUS).submit(denying, { reason: 'Enough <!channel> foxes' });
    const toBen = slack.directMessage(BEN);
    const isDenied = /was .*denied.*Nothing was made or charged.*Enough <!channel> foxes/s;
    await slack.until(() => slack.messages(toBen).find((message) => isDenied.test(said(message))), 10_000);
    expect(latest()?.end).toMatchObject({ as: 'denied', reason: 'Enough <!channel> foxes' });

    const raising = await openForm(ACTIONS.requestRaise);
    await slack.as(MARCUS).submit(raising, { 'limit.member:U0BEN day': '20' });
    await slack.until(() => latest()?.end?.as === 'approved', 10_000);
    expect(running.context.book.now().limits.get('member:U0BEN')).toMatchObject([{ window: 'day', limitCredits: 20 }]);
    const ending = (words: RegExp) =>
      slack.until(() => slack.messages(toMarcus).find((message) => words.test(said(message))), 10_000);
    await ending(/approved with a higher limit by.*daily limit was raised from \d+ to 20 credits/s);

    const giving = await openForm(ACTIONS.requestUntil);
    const tomorrow = new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 10);
    await slack.as(MARCUS).submit(giving, { amount: '1', until: tomorrow });
    expect(slack.modal(MARCUS)?.errors.amount).toMatch(/needs at least/);
    await slack.as(MARCUS).submit(slack.modal(MARCUS) ?? giving, { amount: '40', until: tomorrow });
    await slack.until(() => latest()?.end?.as === 'approved', 10_000);
    expect(running.context.book.now().grants.get('member:U0BEN')?.at(-1)).toMatchObject({ amountCredits: 40 });
    await ending(/approved until .*40 extra credits on .*limit until/s);
    await ending(/denied by.*Reason:.*Enough/s);
  });

  test('of somebody who keeps exceeding: budget is moved from elsewhere, as much as is missing, and the card stays', async () => {
    const day = { window: 'day', over: 'refuse', rollOverMaxCredits: null } as const;
    await submit(OLIVIA, { kind: 'set_limit', account: 'client:atlas', limitCredits: 300, ...day });
    await submit(OLIVIA, { kind: 'set_limit', account: 'client:northwind', limitCredits: 300, ...day });
    await ask();
    const toMarcus = slack.directMessage(MARCUS);
    const theCard = await card(toMarcus);
    for (const button of ['Raise the limit…', 'Move credits…', 'Send tips']) {
      expect(said(theCard)).toContain(button);
    }
    const open = async () => {
      await slack.as(MARCUS).click(at(toMarcus, theCard), ACTIONS.requestMove);
      return await slack.until(() => slack.modal(MARCUS), 10_000);
    };
    const movedTo = (account: 'member:U0BEN' | 'client:atlas') =>
      running.context.book
        .now()
        .use.get(account)
        ?.filter(({ key }) => key.startsWith('day'))
        .reduce((sum, { movedCredits }) => sum + movedCredits, 0);
    const lacking = (modal: { blocks: unknown }) =>
      Number(/"initial_value":"(\d+)"/.exec(JSON.stringify(modal.blocks))?.[1]);

    const form = await open();
    const missing = lacking(form);
    await slack.as(MARCUS).submit(form, {});
    expect(slack.modal(MARCUS)?.errors.account).toContain('Please complete this required field.');
    await slack.as(MARCUS).submit(slack.modal(MARCUS) ?? form, { amount: '1', account: 'day client:atlas' });
    expect(said(await whispered(MARCUS, toMarcus, /still blocks/))).toContain('Atlas');
    expect([movedTo('member:U0BEN'), movedTo('client:atlas')]).toEqual([1, -1]);

    // At the click and when the form is sent, the ledger asks again who it is.
    const meanwhile = await open();
    expect(lacking(meanwhile)).toBe(missing - 1);
    await submit(OLIVIA, { kind: 'set_manages', memberId: MARCUS, clientIds: ['northwind'], teamIds: ['design'] });
    await slack.as(MARCUS).submit(meanwhile, { account: 'day client:atlas' });
    expect(JSON.stringify(slack.modal(MARCUS)?.blocks)).toContain('Only owners and the managers responsible can');
    await slack.as(MARCUS).close(slack.modal(MARCUS) ?? meanwhile);
    expect(movedTo('client:atlas')).toBe(-1);

    await submit(OLIVIA, { kind: 'set_manages', memberId: MARCUS, clientIds: ['atlas'], teamIds: ['design'] });
    await slack.as(MARCUS).submit(await open(), { account: 'day client:atlas' });
    await drawn(toMarcus, theCard.ts, /No limit blocks this request now/);
    expect([movedTo('member:U0BEN'), movedTo('client:atlas')]).toEqual([missing, -missing]);
    expect(latest()?.end).toBeNull();
  });

  test('moves nothing for whoever may not any more by the time they send the form, nor for a request that has ended', async () => {
    await submit(OLIVIA, { kind: 'set_approvals_channel', clientId: 'atlas', channelId: INSIDE });
    const limit = {
      kind: 'set_limit',
      window: 'day',
      limitCredits: 50,
      over: 'ask',
      rollOverMaxCredits: null,
    } as const;
    await submit(OLIVIA, { ...limit, account: 'client:atlas' });
    await ask();
    const theCard = await card(INSIDE);
    const open = async () => {
      await slack.as(MARCUS).click(at(INSIDE, theCard), ACTIONS.requestMove);
      return await slack.until(() => slack.modal(MARCUS), 10_000);
    };
    const isMoved = () =>
      [...running.context.book.now().use.values()].flat().some(({ movedCredits }) => movedCredits !== 0);
    const { manages } = running.context.book.now().members.get(MARCUS) ?? {};
    const form = await open();
    await submit(OLIVIA, { kind: 'set_manages', memberId: MARCUS, clientIds: [], teamIds: [] });
    await slack.as(MARCUS).submit(form, { account: 'day client:atlas' });
    await whispered(MARCUS, INSIDE, /Only owners and the managers responsible can/);
    expect(isMoved()).toBe(false);

    if (!manages) throw new Error('Marcus manages nothing');
    const { clientIds, teamIds } = manages;
    await submit(OLIVIA, { kind: 'set_manages', memberId: MARCUS, clientIds, teamIds });
    await submit(OLIVIA, { ...limit, account: `member:${BEN}`, limitCredits: 500 });
    const none = await open();
    expect(said({ blocks: none.blocks } as Message)).toMatch(/No limit blocks this request now/);
    await slack.as(MARCUS).close(none);
    await submit(OLIVIA, { ...limit, account: `member:${BEN}`, limitCredits: 12 });

    const second = await open();
    await submit(OLIVIA, { kind: 'deny', requestId: latest()?.requestId ?? '', reason: 'Enough foxes' });
    await slack.as(MARCUS).submit(second, { account: 'day client:atlas' });
    await whispered(MARCUS, INSIDE, /Nothing else was done/);
    expect(isMoved()).toBe(false);
  });

  test('somebody who is away is stood in for', async () => {
    await slack.as(MARCUS).openHome();
    const home = await slack.until(() => slack.home(MARCUS), 10_000);
    await slack.as(MARCUS).click(home, ACTIONS.homeAway);
    const form = await slack.until(() => slack.modal(MARCUS), 10_000);
    const until = new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10);
    await slack.as(MARCUS).submit(form, { who: ANA, until });
    await slack.until(() => running.context.book.now().members.get(MARCUS)?.delegate?.toId === ANA, 10_000);
    await ask();
    const toAna = slack.directMessage(ANA);
    const before = imagesIn(ATLAS);
    await slack.as(ANA).click(at(toAna, await card(toAna)), ACTIONS.requestApprove);
    await slack.until(() => imagesIn(ATLAS) === before + 3, 20_000);
    const again = await slack.until(() => {
      const now = slack.home(MARCUS);
      return now && JSON.stringify(now.blocks).includes(ACTIONS.homeBack) ? now : null;
    }, 10_000);
    await slack.as(MARCUS).click(again, ACTIONS.homeBack);
    await slack.until(() => running.context.book.now().members.get(MARCUS)?.delegate === null, 10_000);
  });
});
