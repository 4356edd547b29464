import type { LocalSlack } from '@inkwell/local-slack';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { limitAlertCard } from '../src/app/alerts/limit-alert-card.ts';
import { tendAlerts } from '../src/app/alerts/tend-alerts.ts';
import { digestCard, type Finding } from '../src/app/digest/digest-view.ts';
import type { CommandBody } from '../src/ledger/commands/commands.ts';
import { standings } from '../src/ledger/usage/standings.ts';
import { ACTIONS } from '../src/slack/kit/ids.ts';
import type { Running } from '../src/start/start.ts';
import { wordsIn } from './slack/home-views.ts';
import { openDemo } from './support/demo.ts';
import { hold } from './support/fixtures.ts';

/** The buttons of alerts and digests, clicked where they stand: the whole product over signed HTTP. */

const [OLIVIA, MARCUS] = ['U0OLIVIA', 'U0MARCUS'] as const;

let running: Running;
let slack: LocalSlack;
let close: () => Promise<void>;

beforeAll(async () => {
  ({ running, slack, close } = await openDemo());
});
afterAll(() => close());
afterEach(() => expect(slack.violations).toEqual([]));

const told = (who: string) => slack.messages(slack.directMessage(who), { as: who });
const find = (who: string, words: string, action: string) =>
  told(who).find(({ blocks }) => wordsIn(blocks).includes(words) && JSON.stringify(blocks).includes(`"${action}"`));
const click = async (who: string, words: string, action: string) => {
  const message = await slack.until(() => find(who, words, action), 10_000);
  await slack.as(who).click({ channelId: slack.directMessage(who), ts: message.ts }, action);
};
const ATLAS = 'Atlas Outdoor’s monthly budget';

describe('an alert', () => {
  // Whatever the day of the month is, most of the budget is used on it.
  beforeAll(async () => {
    const { book } = running.context;
    const say = async (commandId: string, by: string, command: CommandBody) => {
      const answer = await book.submit({ commandId, by, ...command });
      if (!answer.ok || answer.line.kind === 'refused') throw new Error(JSON.stringify(answer));
    };
    const { by: _, ...held } = hold(60, { channelId: 'C0ATLAS' });
    await say('use', OLIVIA, held);
    await say('use/capture', 'inkwell', { kind: 'capture', holdId: 'use/1', capturedCredits: 60, costMicroUsd: 1 });
    const month = standings(book.now(), 'client:atlas', running.context.clock.now()).find(
      (each) => each.window === 'month',
    );
    const usedCredits = month?.usedCredits ?? 0;
    const limit = { account: 'client:atlas', window: 'month', over: 'warn', rollOverMaxCredits: null } as const;
    await say('limit', OLIVIA, { kind: 'set_limit', ...limit, limitCredits: Math.round(usedCredits * 1.1) });
    await tendAlerts(running.context);
  });

  test('is muted and unmuted where it stands, and says so each time', async () => {
    await click(MARCUS, ATLAS, ACTIONS.alertMuteDay);
    await slack.until(() => find(MARCUS, `${ATLAS}`, ACTIONS.alertUnmute), 10_000);
    expect(wordsIn(find(MARCUS, ATLAS, ACTIONS.alertUnmute)?.blocks ?? [])).toContain('Muted until');
    await click(MARCUS, ATLAS, ACTIONS.alertUnmute);
    const message = await slack.until(() => find(MARCUS, ATLAS, ACTIONS.alertMuteWindow), 10_000);
    expect(wordsIn(message.blocks)).not.toContain('Muted until');
    await slack.until(() => told(MARCUS).filter(({ ephemeral }) => ephemeral).length === 2, 10_000);
  });

  test('asks an owner for more, who finds the limit’s form below it', async () => {
    await click(MARCUS, ATLAS, ACTIONS.askOwnersOpen);
    const modal = await slack.until(() => slack.modal(MARCUS), 10_000);
    await slack.as(MARCUS).submit(modal, { reason: '200 credits for the launch' });
    await slack.until(() => told(MARCUS).find(({ text }) => text.includes('Asked for more')), 10_000);
    await click(OLIVIA, '200 credits for the launch', ACTIONS.limitsOpen);
    const limits = await slack.until(() => slack.modal(OLIVIA), 10_000);
    expect(wordsIn(limits.blocks)).toContain('Atlas Outdoor');
    await slack.as(OLIVIA).close(limits);
  });

  test('has its client spared, and lets all qualities be chosen again, where it burns', async () => {
    const { context } = running;
    const [at, account, window] = [context.clock.now(), 'client:atlas', 'month'] as const;
    const burn = { runsOutAt: at + 1, range: null, endsAt: at + 9, isDue: false, forecastCredits: 9_000 };
    const figures = { limitCredits: 9, rolledCredits: 0, grantsCredits: 0, usedCredits: 5, heldCredits: 0 };
    const now = { at, percent: null, burn, left: null, isOver: false };
    const states = [{ ...now, figures: { ...figures, availableCredits: 4, resetsAt: null } }];
    const post = async () => {
      const card = limitAlertCard(context.book.now(), { account, window, states, memberId: MARCUS, at });
      const posted = await context.messenger.postCard(MARCUS, card, undefined);
      if (posted.kind !== 'posted') throw new Error(posted.code);
      return posted.place;
    };
    await slack.as(MARCUS).click(await post(), ACTIONS.alertCapQuality);
    const capped = () => context.book.now().clients.get('atlas')?.qualityCap ?? null;
    await slack.until(() => capped(), 10_000);
    expect(capped()).toMatchObject({ by: MARCUS, qualities: ['draft'] });
    await slack.as(MARCUS).click(await post(), ACTIONS.alertLiftCap);
    await slack.until(() => capped() === null, 10_000);
  });

  test('opens the form to move credits', async () => {
    await click(MARCUS, ATLAS, ACTIONS.moveOpen);
    const modal = await slack.until(() => slack.modal(MARCUS), 10_000);
    expect(wordsIn(modal.blocks)).toContain('Atlas Outdoor');
    await slack.as(MARCUS).close(modal);
  });

  test('is muted by nobody who has lost the client since, and they hear why', async () => {
    const manages = { kind: 'set_manages', memberId: MARCUS, clientIds: [], teamIds: [] } as const;
    await running.context.book.submit({ commandId: 'lost', by: OLIVIA, ...manages });
    const before = running.context.book.now().alerts;
    const count = told(MARCUS).length;
    await click(MARCUS, ATLAS, ACTIONS.alertMuteDay);
    const said = await slack.until(() => told(MARCUS).slice(count)[0] ?? null, 10_000);
    expect(said.text).toContain('Only owners and the managers responsible can');
    expect(running.context.book.now().alerts).toEqual(before);
  });
});

describe('a digest’s finding', () => {
  const facts = { kind: 'few_kept', clientId: 'atlas', projectId: null, imagesCount: 40, keptCount: 2 } as const;
  test.each<[Finding['action'], string]>([
    [{ kind: 'limits', account: 'client:atlas' }, ACTIONS.limitsOpen],
    [{ kind: 'move', account: 'client:atlas' }, ACTIONS.moveOpen],
    [{ kind: 'rule', clientId: 'atlas' }, ACTIONS.ruleOpen],
    [{ kind: 'project', projectId: 'catalogue' }, ACTIONS.homeProject],
  ])('opens what its button says: %j', async (action, actionId) => {
    const { book, clock, messenger } = running.context;
    const card = digestCard(book.now(), { by: OLIVIA, at: clock.now() });
    if (!card) throw new Error('no digest');
    const findings = [{ facts, about: 'atlas', stakeCredits: 1, action }];
    const posted = await messenger.postCard(OLIVIA, { ...card, digest: { ...card.digest, findings } }, undefined);
    if (posted.kind !== 'posted') throw new Error(posted.code);
    await slack.as(OLIVIA).click(posted.place, actionId);
    const modal = await slack.until(() => slack.modal(OLIVIA), 10_000);
    expect(`${JSON.stringify(modal.title)} ${wordsIn(modal.blocks)}`).toMatch(/Atlas Outdoor|Spring catalogue/);
    await slack.as(OLIVIA).close(modal);
  });
});
