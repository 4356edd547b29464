import { beforeEach, expect, test } from 'vitest';
import { ANA, CHANNEL, CLIENT } from '../support/world.ts';
import { twoProcesses } from './two-processes.ts';

const { here, give, lines, ...people } = twoProcesses();
beforeEach(async () => {
  const project = { projectId: 'spring', clientId: CLIENT, name: 'Spring', stage: 'concept' } as const;
  await give({ kind: 'create_project', ...project, dueAt: here.clock.now() + 30 * 86_400_000 });
  await give({ kind: 'set_policy', policy: { name: 'burst', value: { requestsMax: 1, withinMs: 60_000 } } });
});
const heldCount = async () => (await lines()).filter(({ kind }) => kind === 'held').length;
const whispers = () => people.whispers(ANA);
/** Slack tells of an edited message as of a new one, with the time of the first. */
const mention = async (text: string, { ts = '1700000001.000100', at = 0 } = {}) => {
  const event = { type: 'app_mention', user: ANA, text: `<@U0INKWELL> ${text}`, ts, channel: CHANNEL, event_ts: ts };
  const body = JSON.stringify({ type: 'event_callback', team_id: 'T0JUNIPER', event });
  here.slack.deliverTo(here.all[at]!.url);
  await here.slack.deliver(body, { 'content-type': 'application/json', ...here.slack.sign(body) });
  await here.idle();
};

test.each([
  ['a project that isn’t there', 'a fox --project Sprung', 'a fox --project Spring', 0],
  ['a project that isn’t there', 'a fox --project Sprung', 'a fox --project Spring', 1],
  ['a project, left out then', 'an owl --n 2 --project Nope', 'an owl --n 2', 0],
])('a mention with %s: %s is told, and made once it is mended', async (_, wrong, mended, at) => {
  await mention(wrong);
  expect(whispers()).toHaveLength(1);
  expect(await heldCount()).toBe(0);
  await mention(mended, { at });
  expect(await heldCount()).toBe(1);
  await mention(`${mended} `, { at });
  await mention('something else', { at });
  expect(await heldCount()).toBe(1);
});

test.each([0, 1])('a mention that a limit refused is answered when it is edited, at process %i', async (at) => {
  const limit = { account: `client:${CLIENT}`, window: 'month', over: 'refuse', rollOverMaxCredits: null } as const;
  await give({ kind: 'set_limit', ...limit, limitCredits: 9 });
  await mention('a fox --n 4');
  expect(whispers().at(-1)?.text).toContain('9 credits left');
  await mention('a fox --n 2', { at });
  expect(whispers().at(-1)?.text).toContain('Send the other one again');
  expect(await heldCount()).toBe(0);
});

test('a mention that came too fast is made once it is edited later', async () => {
  await mention('a fox', { ts: '1700000001.000200' });
  await mention('a hare');
  expect(whispers().at(-1)?.text).toContain('the maximum');
  here.clock.set(here.clock.now() + 60_000);
  await mention('two hares');
  expect(await heldCount()).toBe(2);
});
