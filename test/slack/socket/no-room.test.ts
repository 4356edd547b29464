import { afterEach, beforeEach, expect, test } from 'vitest';
import { ANA, NORTHWIND, OLIVIA } from '../quick-slack.ts';
import { openQuickSocket, type QuickSocket } from './quick-socket.ts';

let here: QuickSocket;
beforeEach(async () => {
  here = await openQuickSocket({ bounds: { all: 1, images: 1, ofOnePerson: 1, turnedBack: 1 } });
  await here.bolt.start();
  await here.slack.until(() => here.slack.sockets.open === 2, 10_000);
});
afterEach(() => here.close());

test('an event that there was no room for is heard when Slack brings it again over Socket Mode', async () => {
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  here.app.answerNext('requestImage', () => held);
  expect(await here.slack.as(ANA).command('/imagine', 'a fox', { channelId: NORTHWIND })).toEqual({ ok: true });
  const opening = here.slack.as(OLIVIA).openHome();
  await here.slack.until(
    () => here.log.entries.some(({ message }) => message.includes('delivery refused')) || null,
    10_000,
  );
  expect(here.app.of('showHome')).toHaveLength(0);
  release();
  await opening;
  await here.slack.until(() => here.app.of('showHome').length > 0 || null, 20_000);
  expect(here.app.of('showHome')).toHaveLength(1);
}, 40_000);
