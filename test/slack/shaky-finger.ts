import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CommandBody } from '../../src/ledger/commands/commands.ts';
import type { Line } from '../../src/ledger/lines.ts';
import type { Request } from '../../src/ledger/requests.ts';
import { ACTIONS, SHORTCUTS, VIEWS } from '../../src/slack/kit/ids.ts';
import { REQUIRED_RIGHTS, type RouteId } from '../../src/slack/platform/required-rights.ts';
import { ANA, BEN, CHANNEL, CLIENT, MARCUS, OLIVIA, type Stores, WORKSPACE } from '../support/world.ts';
import { type Processes, startProcesses } from './processes.ts';

/** The rights with which credits are spent, or what may be spent grows. */
const SPENDING = new Set(['hold', 'approve', 'grant', 'move_budget']);

/**
 * What comes of a second click within three seconds, at every way in that asks for such a right. `once`: it counts as the
 * first. `ends`: the first has ended what it was about, and the ledger says so. `used up`: the first is the last, however
 * much later. `opens`: only a form, or nothing.
 */
const WAYS_IN: Readonly<Partial<Record<RouteId, 'once' | 'ends' | 'used up' | 'opens'>>> = {
  [SHORTCUTS.imagineHere]: 'opens',
  [ACTIONS.again]: 'once',
  // `test/slack/ways-out.test.ts` clicks them twice.
  [ACTIONS.insteadFirst]: 'used up',
  [ACTIONS.insteadSecond]: 'used up',
  [ACTIONS.otherProject]: 'opens',
  [VIEWS.imagine]: 'once',
  [VIEWS.grant]: 'once',
  [VIEWS.move]: 'once',
  [ACTIONS.moveUndo]: 'once',
  [VIEWS.requestMove]: 'once',
  [ACTIONS.requestApprove]: 'ends',
  [VIEWS.requestUntil]: 'ends',
  [VIEWS.requestRaise]: 'ends',
  [ACTIONS.edit]: 'opens',
  [ACTIONS.choose]: 'opens',
  [ACTIONS.homeImagine]: 'opens',
  [ACTIONS.grantOpen]: 'opens',
  [ACTIONS.moveOpen]: 'opens',
  [ACTIONS.requestUntil]: 'opens',
  [ACTIONS.requestRaise]: 'opens',
  [ACTIONS.requestMove]: 'opens',
  [ACTIONS.requestCoach]: 'opens',
};

/** What spends, or gives more to spend. */
const SPENT: ReadonlySet<Line['kind']> = new Set(['held', 'approved', 'granted', 'budget_moved']);
const GAPS_MS = [0, 50, 500, 2_900, 3_100];
/** Between two tries, so that none of them is about another one’s clicks. */
const LATER_MS = 3_600_000;
/** A channel that only people of the agency are in: there requests are decided. */
const INSIDE = 'C0SUMMER';
const AS_ONE = /as one/;
const ENDED = /approved/;

/** Two clicks, in one process and in two, of one person and of two, at every button and form that spends. */
export function shakyFinger(
  store: string,
  open: () => Promise<Stores>,
  { gaps = GAPS_MS, processes = [0, 1] }: { gaps?: readonly number[]; processes?: readonly number[] } = {},
): void {
  describe(`two clicks of a shaky finger, ${store}`, { timeout: 300_000 }, () => {
    let here: Processes;
    let ids = 0;
    beforeAll(async () => {
      here = await startProcesses([open, open]);
      await give({ kind: 'add_member', memberId: BEN, role: 'owner' });
      await give({ kind: 'create_client', clientId: 'atlas', name: 'Atlas' });
      await limit('client:atlas', 100_000);
      await give({ kind: 'set_manages', memberId: MARCUS, clientIds: [CLIENT, 'atlas'], teamIds: [] });
      await give({ kind: 'set_approvals_channel', clientId: CLIENT, channelId: INSIDE });
    }, 300_000);
    afterAll(async () => {
      await here.stop();
      expect(here.errors).toEqual([]);
    });

    const give = async (wish: CommandBody, by = OLIVIA) => {
      const answer = await here.all[0]!.world.book.submit({ commandId: `finger-${++ids}`, by, ...wish });
      if (!answer.ok) throw new Error(JSON.stringify(answer.refusal));
    };
    const limit = (account: `client:${string}`, limitCredits: number, over: 'refuse' | 'ask' = 'refuse') =>
      give({ kind: 'set_limit', account, window: 'month', limitCredits, over, rollOverMaxCredits: null });
    const lines = async () =>
      await here.all[0]!.world.journal.read({ workspace: WORKSPACE, afterSeq: 0, linesMax: 1_000_000 });
    const spent = async () => (await lines()).filter(({ kind }) => SPENT.has(kind)).length;
    /** How often somebody was told so, where they are or directly. */
    const told = (who: string, words: RegExp, { onlyWhispers = false } = {}) =>
      [CHANNEL, INSIDE, here.slack.directMessage(who)]
        .flatMap((at) => here.slack.messages(at, { as: who }))
        .filter(({ text, ephemeral }) => words.test(text) && (ephemeral || !onlyWhispers)).length;

    /** What was sent last, to be sent again as another click or another form of the same content. */
    const lastSent = () => {
      const body = here.slack.deliveries.at(-1)?.body;
      if (body === undefined) throw new Error('nothing was sent');
      return JSON.parse(new URLSearchParams(body).get('payload') ?? '') as Sent;
    };
    const openHome = async (tab: string) => {
      await here.slack.as(OLIVIA).openHome();
      await here.idle();
      await here.slack.as(OLIVIA).click(here.slack.home(OLIVIA)!, tab);
      await here.idle();
    };
    const openLimitForm = async (action: string) => {
      await openHome(ACTIONS.homeTabLimits);
      const value = JSON.stringify([0, 0, '@limits', `client:${CLIENT}`]);
      await here.slack.as(OLIVIA).click(here.slack.home(OLIVIA)!, action, { value });
      await here.idle();
    };
    const submit = async (who: string, values: Record<string, string>) => {
      await here.slack.as(who).submit(here.slack.modal(who)!, values);
      await here.idle();
      expect(here.slack.modal(who)?.errors ?? {}).toEqual({});
      return lastSent();
    };
    const imageMessage = async () => {
      await here.slack.as(ANA).command('/imagine', 'a red fox', { channelId: CHANNEL });
      await here.idle();
      const drawn = here.slack
        .messages(CHANNEL)
        .findLast(({ blocks }) => JSON.stringify(blocks).includes(ACTIONS.again));
      return { channelId: CHANNEL, ts: drawn!.ts };
    };
    /** Ana asks for more than she may, and Marcus has the card of it. */
    const ask = async (): Promise<{ request: Request; card: { channelId: string; ts: string } }> => {
      here.clock.set(here.clock.now() + LATER_MS);
      await limit(`client:${CLIENT}`, 0, 'ask');
      await here.slack.as(ANA).command('/imagine', 'a red fox', { channelId: CHANNEL });
      await here.idle();
      const request = [...here.all[0]!.world.book.now().requests.values()]
        .toSorted((a, b) => a.askedAt - b.askedAt)
        .at(-1)!;
      const card = here.slack
        .messages(INSIDE)
        .findLast(({ blocks }) => JSON.stringify(blocks).includes(request.requestId));
      return { request, card: { channelId: INSIDE, ts: card!.ts } };
    };
    const clickCard = async (card: { channelId: string; ts: string }, action: string) => {
      await here.slack.as(OLIVIA).click(card, action);
      await here.idle();
      return lastSent();
    };
    const stopAsking = () => limit(`client:${CLIENT}`, 100_000);

    /** One real click or form of each kind; and who else may do the same. */
    const FIRST: Readonly<Record<string, { other: string; play: () => Promise<Sent> }>> = {
      [ACTIONS.again]: {
        other: MARCUS,
        play: async () => {
          await here.slack.as(ANA).click(await imageMessage(), ACTIONS.again);
          await here.idle();
          return lastSent();
        },
      },
      [VIEWS.imagine]: {
        other: MARCUS,
        play: async () => {
          await here.slack.as(ANA).click(await imageMessage(), ACTIONS.edit);
          await here.idle();
          return await submit(ANA, {});
        },
      },
      [VIEWS.grant]: {
        other: BEN,
        play: async () => {
          await openLimitForm(ACTIONS.grantOpen);
          return await submit(OLIVIA, { amount: '5', reason: 'For the pitch' });
        },
      },
      [VIEWS.move]: {
        other: BEN,
        play: async () => {
          await openLimitForm(ACTIONS.moveOpen);
          return await submit(OLIVIA, { amount: '1', account: 'month client:atlas' });
        },
      },
      [ACTIONS.moveUndo]: {
        other: BEN,
        play: async () => {
          await openLimitForm(ACTIONS.moveOpen);
          await submit(OLIVIA, { amount: '1', account: 'month client:atlas' });
          await here.slack.as(OLIVIA).click(here.slack.home(OLIVIA)!, ACTIONS.moveUndo);
          await here.idle();
          return lastSent();
        },
      },
      [VIEWS.requestMove]: {
        other: MARCUS,
        play: async () => {
          const { card } = await ask();
          await clickCard(card, ACTIONS.requestMove);
          return await submit(OLIVIA, { amount: '1', account: 'month client:atlas' });
        },
      },
    };

    type Cell = { gap: number; other: string | null; to: number };
    /** Sends two clicks or forms that want the same, and says what came of them. */
    const twice = async (sent: Sent, { gap, other, to }: Cell) => {
      here.clock.set(here.clock.now() + LATER_MS);
      const at = here.clock.now();
      const [before, who] = [await spent(), other ?? sent.user.id];
      const one = here.send(body(asClick(sent, { at, n: ++ids })), 0);
      // A form has no time of Slack’s: it is the process’s own that counts.
      if (sent.type === 'view_submission') await one.then(here.idle);
      here.clock.set(at + gap);
      const wordsBefore = told(who, AS_ONE);
      const two = here.send(body(asClick(sent, { at: at + gap, n: ++ids, ...(other ? { by: other } : {}) })), to);
      expect(await Promise.all([one, two])).toEqual([200, 200]);
      await here.idle();
      return { spent: (await spent()) - before, wasTold: told(who, AS_ONE) - wordsBefore };
    };
    const cells = gaps.flatMap((gap) =>
      [null, 'another'].flatMap((other) => processes.map((to) => [gap, other ?? 'the same', to] as const)),
    );

    const DECIDED: Readonly<Record<string, (card: { channelId: string; ts: string }) => Promise<void>>> = {
      [ACTIONS.requestApprove]: async (card) => void (await here.slack.as(OLIVIA).click(card, ACTIONS.requestApprove)),
      [VIEWS.requestUntil]: async (card) => {
        await clickCard(card, ACTIONS.requestUntil);
        await here.slack.as(OLIVIA).submit(here.slack.modal(OLIVIA)!, { until: '2026-12-24' });
      },
      [VIEWS.requestRaise]: async (card) => {
        await clickCard(card, ACTIONS.requestRaise);
        await here.slack.as(OLIVIA).submit(here.slack.modal(OLIVIA)!, {});
      },
    };
    for (const [name, decide] of Object.entries(DECIDED)) {
      test(`${name}: the second of two finds the request ended, in words, and nothing is spent again`, async () => {
        for (const [gap, by, to] of cells) {
          const { request, card } = await ask();
          // The second click is made before the first one’s answer is drawn.
          const before = await spent();
          await decide(card);
          const sent = lastSent();
          here.clock.set(here.clock.now() + gap);
          const who = by === 'the same' ? OLIVIA : MARCUS;
          const wordsBefore = told(who, ENDED, { onlyWhispers: true });
          expect(await here.send(body(asClick(sent, { at: here.clock.now(), n: ++ids, by: who })), to)).toBe(200);
          await here.idle();
          expect(here.all[0]!.world.book.now().requests.get(request.requestId)?.end?.as).toBe('approved');
          expect([gap, by, to, (await spent()) - before]).toEqual([gap, by, to, 1]);
          expect([gap, by, to, told(who, ENDED, { onlyWhispers: true }) - wordsBefore]).toEqual([gap, by, to, 1]);
        }
      });
    }

    // After these Ana keeps going over, so that budget may be moved for her requests.
    for (const [name, { other: another, play }] of Object.entries(FIRST)) {
      test(`${name}: within three seconds one, in words; later, or by another person, two`, async () => {
        await stopAsking();
        // What the last test clicked is long ago.
        here.clock.set(here.clock.now() + LATER_MS);
        const sent = await play();
        for (const [gap, by, to] of cells) {
          const other = by === 'the same' ? null : another;
          const came = await twice(sent, { gap, other, to });
          const isOne = gap < 3_000 && other === null;
          expect([gap, by, to, came.spent]).toEqual([gap, by, to, isOne ? 1 : 2]);
          expect([gap, by, to, came.wasTold]).toEqual([gap, by, to, isOne ? 1 : 0]);
        }
      });
    }

    test('/imagine typed twice, however fast, is two', async () => {
      await stopAsking();
      const before = await spent();
      const type = () => here.slack.as(ANA).command('/imagine', 'the same red fox', { channelId: CHANNEL });
      await Promise.all([type(), type()]);
      await here.idle();
      expect((await spent()) - before).toBe(2);
    });

    test('every way in that spends is among these', () => {
      const spending = Object.entries(REQUIRED_RIGHTS).flatMap(([id, right]) => (SPENDING.has(right) ? [id] : []));
      expect(Object.keys(WAYS_IN).toSorted()).toEqual(spending.toSorted());
      const tried = [...Object.keys(FIRST), ...Object.keys(DECIDED)].toSorted();
      expect(tried).toEqual(
        Object.keys(WAYS_IN)
          .filter((id) => !['opens', 'used up'].includes(WAYS_IN[id as RouteId] ?? ''))
          .toSorted(),
      );
    });
  });
}

type Sent = {
  response_url?: undefined;
  type: string;
  user: { id: string };
  trigger_id: string;
  actions?: { action_ts: string }[];
  view?: { id: string };
};

/** The same wish as another click of Slack’s, or as another form with the same content. */
const asClick = (sent: Sent, { at, n, by = sent.user.id }: { at: number; n: number; by?: string }): Sent => ({
  ...sent,
  // An answer at the first one’s address would be seen by who clicked there.
  response_url: undefined,
  user: { ...sent.user, id: by },
  trigger_id: `${n}.1.again`,
  ...(sent.actions
    ? { actions: sent.actions.map((each) => ({ ...each, action_ts: `${(at / 1_000).toFixed(3)}${n % 1_000}` })) }
    : {}),
  ...(sent.view && sent.type === 'view_submission' ? { view: { ...sent.view, id: `V0AGAIN${n}` } } : {}),
});

const body = (sent: Sent) => new URLSearchParams({ payload: JSON.stringify(sent) }).toString();
