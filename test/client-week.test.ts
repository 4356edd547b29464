import type { LocalSlack } from '@inkwell/local-slack';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sendClientDigests } from '../src/app/digest/send-client-digests.ts';
import { ACTIONS, LINKS } from '../src/slack/kit/ids.ts';
import type { Running } from '../src/start/start.ts';
import { wordsIn } from './slack/home-views.ts';
import { openDemo } from './support/demo.ts';

/** A client's week from the first image to the message in its channel: the whole product over signed HTTP. */

const [OLIVIA, ANA, NORTHWIND] = ['U0OLIVIA', 'U0ANA', 'C0NORTHWIND'] as const;
const DAY_MS = 86_400_000;

let running: Running;
let slack: LocalSlack;
let close: () => Promise<void>;

beforeAll(async () => {
  ({ running, slack, close } = await openDemo());
});
afterAll(() => close());

const find = (has: string) => slack.messages(NORTHWIND).find(({ blocks }) => JSON.stringify(blocks).includes(has));

describe('a client’s week', () => {
  test('comes to its channel with what was kept, and each image leads to its message', async () => {
    await slack.as(ANA).command('/imagine', 'a heron in the rain', { channelId: NORTHWIND });
    const image = await slack.until(() => find(`"${ACTIONS.keep}"`), 20_000);
    await slack.as(ANA).click({ channelId: NORTHWIND, ts: image.ts }, ACTIONS.keep);
    await slack.until(() => find('Kept by'), 20_000);
    await running.context.book.submit({
      commandId: 'on',
      by: OLIVIA,
      kind: 'set_client_digest',
      clientId: 'northwind',
      isOn: true,
    });
    const monday = new Date(running.context.clock.now() + 7 * DAY_MS).toISOString().slice(0, 10);
    await Promise.all([1, 2, 3].map(() => sendClientDigests(running.context, monday).catch(() => undefined)));
    await sendClientDigests(running.context, monday);
    const weeks = slack.messages(NORTHWIND).filter(({ blocks }) => blocks.some(({ type }) => type === 'carousel'));
    expect(weeks).toHaveLength(1);
    const [week] = weeks;
    expect(wordsIn(week!.blocks)).toMatch(
      /The week of .*1 image made here, 1 kept\..* used this month, \d+ left, resets /s,
    );
    expect(JSON.stringify(week!.blocks)).toContain(`p${image.ts.replace('.', '')}`);
    expect(JSON.stringify(week!.blocks)).toContain(`"${LINKS.image}"`);
    expect(slack.violations).toEqual([]);
  }, 60_000);
});
