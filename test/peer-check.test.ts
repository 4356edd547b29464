import type { LocalSlack } from '@inkwell/local-slack';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { digestCard } from '../src/app/digest/digest-view.ts';
import { putOnceMarker } from '../src/app/once/once-markers.ts';
import { weekOf } from '../src/app/peer-check/judge-peers.ts';
import { tellPeers } from '../src/app/peer-check/tell-peers.ts';
import { ACTIONS } from '../src/slack/kit/ids.ts';
import type { Running } from '../src/start/start.ts';
import { wordsIn } from './slack/home-views.ts';
import { heldFinding, peerNote } from './slack/peer-views.ts';
import { openDemo } from './support/demo.ts';

/** The check of peers as people click through it: the whole product over signed HTTP. */

const [OLIVIA, MARCUS, ANA] = ['U0OLIVIA', 'U0MARCUS', 'U0ANA'] as const;
const DATE = '2026-11-23';

let running: Running;
let slack: LocalSlack;
let close: () => Promise<void>;

beforeAll(async () => {
  ({ running, slack, close } = await openDemo());
});
afterAll(() => close());
afterEach(() => expect(slack.violations).toEqual([]));

const on = () => running.context.book.now().settings?.peerCheckOn ?? null;
const told = (who: string) => slack.messages(slack.directMessage(who), { as: who });
const home = (action: string) =>
  slack.until(() => {
    const view = slack.home(OLIVIA);
    return JSON.stringify(view?.blocks ?? []).includes(`"${action}"`) ? view : null;
  }, 10_000);
async function choose(isOn: 'on' | 'off') {
  await slack.as(OLIVIA).openHome();
  await slack.as(OLIVIA).click(await home(ACTIONS.homeTabLimits), ACTIONS.homeTabLimits);
  await slack.as(OLIVIA).click(await home(ACTIONS.peerCheckOpen), ACTIONS.peerCheckOpen);
  const form = await slack.until(() => slack.modal(OLIVIA), 10_000);
  expect(wordsIn(form.blocks)).toContain('works council');
  await slack.as(OLIVIA).submit(form, { is_on: isOn });
}
const sure = () =>
  slack.until(() => {
    const modal = slack.modal(OLIVIA);
    return modal && wordsIn(modal.blocks).includes('Who sees it') ? modal : null;
  }, 10_000);

test('is turned on from Home only after it was asked once more', async () => {
  await choose('on');
  await slack.as(OLIVIA).close(await sure());
  expect(on()).toBeNull();
  await choose('on');
  await slack.as(OLIVIA).submit(await sure(), {});
  await slack.until(() => on(), 10_000);
  expect(on()).toMatchObject({ by: OLIVIA });
});

test('its note is taken back by the person alone', async () => {
  const { context } = running;
  const { finding, tips } = peerNote();
  const week = weekOf(context.book.now(), DATE);
  const judged = { at: context.clock.now(), found: { [ANA]: { finding, tips } } };
  await putOnceMarker(context, `peer-check/week/${week}`, JSON.stringify(judged));
  await tellPeers(context, DATE);
  const note = await slack.until(
    () => told(ANA).find(({ blocks }) => JSON.stringify(blocks).includes(ACTIONS.peerDifferent)),
    10_000,
  );
  expect(wordsIn(note.blocks)).toContain('21.4 credits');

  const elsewhere = await context.messenger.postCard(MARCUS, peerNote({ week }), undefined);
  if (elsewhere.kind !== 'posted') throw new Error(elsewhere.code);
  const count = told(MARCUS).length;
  await slack.as(MARCUS).click(elsewhere.place, ACTIONS.peerDifferent);
  const refused = await slack.until(() => told(MARCUS)[count], 10_000);
  expect(refused.text).toContain('Only the person this note is for can say that.');

  const place = { channelId: slack.directMessage(ANA), ts: note.ts };
  const now = () => wordsIn(told(ANA).find(({ ts }) => ts === note.ts)?.blocks ?? []);
  expect(now()).not.toContain('taken back');
  await slack.as(ANA).click(place, ACTIONS.peerDifferent);
  await slack.until(() => now().includes('taken back'), 10_000);
  expect(now()).not.toContain('21.4 credits');
});

test('the button of its finding opens the rules of the person', async () => {
  const { book, clock, messenger } = running.context;
  const card = digestCard(book.now(), { by: OLIVIA, at: clock.now() });
  if (!card) throw new Error('no digest');
  const posted = await messenger.postCard(
    OLIVIA,
    { ...card, digest: { ...card.digest, findings: [heldFinding] } },
    undefined,
  );
  if (posted.kind !== 'posted') throw new Error(posted.code);
  await slack.as(OLIVIA).click(posted.place, ACTIONS.ruleOpen);
  const form = await slack.until(() => slack.modal(OLIVIA), 10_000);
  expect(JSON.stringify(form.blocks)).toContain(ANA);
  await slack.as(OLIVIA).close(form);
});

test('is turned off in one step', async () => {
  await choose('off');
  await slack.until(() => on() === null, 10_000);
});
