import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { tendAlerts } from '../../src/app/alerts/tend-alerts.ts';
import type { CommandBody } from '../../src/ledger/commands/commands.ts';
import { openRequestsOf } from '../../src/ledger/requests.ts';
import { actsIn } from '../support/acts.ts';
import { imageInput } from '../support/image-input.ts';
import { requestImage } from '../support/verbs.ts';
import { ANA, BEN, CHANNEL, CLIENT, GINA, MARCUS, OLIVIA } from '../support/world.ts';
import { wordsIn } from './home-views.ts';
import { type Inkwell, startInkwell } from './set-up-world.ts';

/** Home of each role, drawn by the real Bolt over signed HTTP; the local Slack complains about what Slack would refuse. */

let inkwell: Inkwell;
const { as, spend } = actsIn(() => inkwell.world);

beforeAll(async () => {
  inkwell = await startInkwell();
  await as('inkwell', { kind: 'add_member', memberId: ANA, role: 'creator' });
});
afterAll(() => inkwell.stop());
afterEach(() => expect(inkwell.slack.violations).toEqual([]));

const open = async (who: string) => {
  await inkwell.slack.as(who).openHome();
  return shown(who);
};
const shown = async (who: string) => {
  await inkwell.idle();
  return wordsIn(inkwell.slack.home(who)!.blocks);
};
const click = async (who: string, action: string, more = {}) => {
  await inkwell.slack.as(who).click(inkwell.slack.home(who)!, action, more);
  return await shown(who);
};
const state = () => inkwell.world.book.now();
const limit = (account: 'agency' | `client:${string}`, limitCredits: number, over: 'ask' | 'refuse' = 'refuse') =>
  ({ kind: 'set_limit', account, window: 'month', limitCredits, over, rollOverMaxCredits: null }) satisfies CommandBody;

let asked = 0;
/** A request that the client’s budget does not cover. Returns its id. */
async function ask(by: string, eachCredits = 90): Promise<string> {
  const work = {
    model: 'sketch',
    size: 's',
    quality: 'q',
    stage: 'concept',
    rateCardId: 'r',
    boundMicroUsd: 1,
  } as const;
  const commandId = `asked-${++asked}`;
  const hold = {
    kind: 'hold',
    imagesCount: 1,
    eachCredits,
    channelId: CHANNEL,
    threadTs: null,
    projectId: null,
  } as const;
  const answer = await inkwell.world.book.submit({
    commandId,
    by,
    ...hold,
    work,
    timeoutMs: 60_000,
    contentDigest: 'd',
  });
  if (answer.line?.kind !== 'asked') throw new Error(`not asked for: ${answer.line?.kind}`);
  return commandId;
}

describe('an owner', () => {
  test('sees first how the agency stands, and that a month has only begun', async () => {
    await as(OLIVIA, limit('agency', 2_000));
    expect(await open(OLIVIA)).toContain('Nothing was used this month yet.');
    await spend(ANA, 40);
    const words = await open(OLIVIA);
    expect(words.indexOf('1,960 credits left this month')).toBeLessThan(words.indexOf('Clients · 1'));
    expect(words.indexOf('Clients · 1')).toBeLessThan(words.indexOf('Make an image'));
    expect(words).toContain('It’s too early to tell how the month will end.');
    expect(words).toContain('60 of 100 left this month');
    expect(words).toContain('40 used');
    expect(JSON.stringify(inkwell.slack.home(OLIVIA)!.blocks)).toContain('data_visualization');
  });

  test('sees clients that need a look first, ten a page, and closed ones not at all', async () => {
    await as('inkwell', { kind: 'add_member', memberId: BEN, role: 'creator' });
    for (let n = 0; n < 29; n += 1) {
      const clientId = `many-${n}`;
      await as(
        OLIVIA,
        { kind: 'create_client', clientId, name: n === 3 ? `${'Long '.repeat(15)}${n}` : `Many ${n}` },
        { kind: 'bind_channel', channelId: `CMANY${n}`, clientId, ifUnbound: true },
        limit(`client:${clientId}`, 100),
      );
      if (n > 0) await spend(BEN, n * 3, `CMANY${n}`);
    }
    await as(OLIVIA, { kind: 'close_client', clientId: 'many-28' });
    const first = await open(OLIVIA);
    expect(first).toContain('Clients · 29');
    expect(first.indexOf('Many 27')).toBeLessThan(first.indexOf('Many 26'));
    expect(first).not.toContain('Many 28\n');
    expect(first).not.toContain('Many 2\n');
    await click(OLIVIA, 'home_page');
    expect(await click(OLIVIA, 'home_page')).toContain('Many 2\n');
  });

  test('has one primary button, whatever there is', async () => {
    const primary = () => JSON.stringify(inkwell.slack.home(OLIVIA)!.blocks).match(/"style":"primary"/g)?.length;
    await open(OLIVIA);
    expect(primary()).toBe(1);
    await as(OLIVIA, limit(`client:${CLIENT}`, 100, 'ask'));
    await ask(ANA);
    await ask(BEN);
    expect(await open(OLIVIA)).not.toContain('Start here');
    expect(primary()).toBe(1);
  });

  test('reads of an alert with its buttons, and mutes it there', async () => {
    await spend(ANA, 55);
    await tendAlerts(inkwell.world);
    const words = await open(OLIVIA);
    expect(words).toMatch(/Alerts · \d+/);
    expect(words).toContain('Northwind Coffee’s monthly budget is 80% used.');
    expect(await click(OLIVIA, 'alert_mute_day', { value: `[0,0,"client:${CLIENT}","month"]` })).toContain(
      'Alerts about this are muted until',
    );
    expect(state().alerts.get(`client:${CLIENT}`)?.muted).toMatchObject({ by: OLIVIA });
  });

  test('reads no figure that was given back', async () => {
    const used = (words: string) => /([\d,]+) used − |− ([\d,]+) used/.exec(words)?.slice(1).join('');
    const before = used(await open(OLIVIA));
    const work = {
      model: 'sketch',
      size: 's',
      quality: 'q',
      stage: 'concept',
      rateCardId: 'r',
      boundMicroUsd: 1,
    } as const;
    const hold = {
      kind: 'hold',
      imagesCount: 1,
      eachCredits: 7,
      channelId: 'CMANY0',
      threadTs: null,
      projectId: null,
    } as const;
    await as(BEN, { ...hold, work, timeoutMs: 60_000, contentDigest: 'd' });
    expect(await open(OLIVIA)).toContain('7 on hold');
    const [holdId = ''] = [...state().holds.keys()];
    await as('inkwell', { kind: 'void', holdId, reason: 'not_started' });
    const after = await open(OLIVIA);
    expect(after).not.toContain('on hold');
    expect(used(after)).toBe(before);
  });
});

describe('a manager', () => {
  test('sees their own clients alone, and decides about a request in Home', async () => {
    const words = await open(MARCUS);
    expect(words).toContain('Clients · 1');
    expect(words).not.toMatch(/Many|The agency|1,960/);
    expect(words).toContain('used this month');
    expect(words).toContain('Waiting for you · 2');
    expect(words).toContain(`@${ANA} needs approval for 90 credits`);
    const [request] = openRequestsOf(state().requests, ANA);
    const value = JSON.stringify([request?.requestId, `client:${CLIENT} month`]);
    expect(await click(MARCUS, 'request_approve', { value })).toContain('Waiting for you · 1');
    expect(state().requests.get(request?.requestId ?? '')?.end).toMatchObject({ as: 'approved', by: MARCUS });
  });

  test('decides once, however often the finger shakes, and hears why a late click did nothing', async () => {
    const requestId = await ask(ANA);
    await open(MARCUS);
    const value = JSON.stringify([requestId, `client:${CLIENT} month`]);
    const late = inkwell.slack.home(MARCUS)!;
    const { seq } = state();
    await Promise.all(
      Array.from({ length: 10 }, () => inkwell.slack.as(MARCUS).click(late, 'request_approve', { value })),
    );
    await inkwell.idle();
    const lines = await inkwell.world.book.linesBefore({ beforeSeq: state().seq + 1, linesMax: state().seq - seq });
    expect(lines.filter(({ kind }) => kind === 'approved')).toHaveLength(1);
    expect(inkwell.world.messenger.told.filter(({ note }) => note.kind === 'decision_refused')).not.toEqual([]);
  });

  test('denies in a form that opens from Home, and Home shows it', async () => {
    const requestId = await ask(ANA);
    await open(MARCUS);
    await inkwell.slack.as(MARCUS).click(inkwell.slack.home(MARCUS)!, 'request_deny', {
      value: JSON.stringify([requestId, `client:${CLIENT} month`]),
    });
    const form = await inkwell.slack.until(() => inkwell.slack.modal(MARCUS));
    await inkwell.slack.as(MARCUS).submit(form, { reason: 'Not this month' });
    await inkwell.idle();
    expect(state().requests.get(requestId)?.end).toMatchObject({ as: 'denied', reason: 'Not this month' });
    expect(await shown(MARCUS)).toContain('Waiting for you · 1');
  });

  test('who has lost the client is told so, and nothing is decided', async () => {
    const requestId = await ask(ANA);
    await open(MARCUS);
    const late = inkwell.slack.home(MARCUS)!;
    await as(OLIVIA, { kind: 'set_manages', memberId: MARCUS, clientIds: [], teamIds: [] });
    await inkwell.slack.as(MARCUS).click(late, 'request_approve', {
      value: JSON.stringify([requestId, `client:${CLIENT} month`]),
    });
    expect(await shown(MARCUS)).toContain('That wasn’t done.');
    expect(state().requests.get(requestId)?.end).toBeNull();
    expect(await shown(MARCUS)).not.toMatch(/Northwind|Waiting for you/);
  });
});

describe('a creator', () => {
  test('sees their requests, and takes one back in Home', async () => {
    const count = openRequestsOf(state().requests, ANA).length;
    const words = await open(ANA);
    expect(words).toContain(`Your requests · ${count}`);
    expect(words).toContain('Waiting for @U0OLIVIA.');
    expect(words).not.toMatch(/Clients ·|The agency|Many/);
    const [request] = openRequestsOf(state().requests, ANA);
    const value = JSON.stringify([request?.requestId, `client:${CLIENT} month`]);
    await click(ANA, 'request_withdraw', { value });
    expect(state().requests.get(request?.requestId ?? '')?.end).toMatchObject({ as: 'withdrawn' });
    expect(openRequestsOf(state().requests, ANA)).toHaveLength(count - 1);
  });

  test('sees what the clients of their latest images have left, while they are in the channel', async () => {
    await as(OLIVIA, limit(`client:${CLIENT}`, 900));
    // Its picture would be a file that the local Slack does not have.
    inkwell.world.maker.answerNext({ kind: 'refused', detail: 'content policy' });
    await requestImage(inkwell.world, imageInput({ deliveryId: 'latest' }));
    expect(await open(ANA)).toMatch(/Northwind Coffee {2}[▓▒░]+ \d+ of 1,075 left this month/);
    const { has } = inkwell.world.channels;
    inkwell.world.channels.has = async () => false;
    const words = await open(ANA);
    inkwell.world.channels.has = has;
    expect(words).not.toContain('of 1,075 left');
    await as(OLIVIA, { kind: 'close_client', clientId: CLIENT });
    expect(await open(ANA)).not.toContain('of 1,075 left');
    await as(OLIVIA, { kind: 'reopen_client', clientId: CLIENT });
  });
});

test.each([
  [GINA, 'viewer', 'You can look at images in your channels, but not make any. @U0OLIVIA can change that.'],
  [BEN, 'suspended', 'You’re suspended, so you can’t make images now. @U0OLIVIA can resume your access.'],
])('%s, %s, reads what they can do and of no limit', async (who, as_, sentence) => {
  if (as_ === 'suspended') await as(OLIVIA, { kind: 'suspend_member', memberId: who, reason: '' });
  const words = await open(who);
  expect(words).toContain(sentence);
  expect(words).not.toContain('No limit');
});
