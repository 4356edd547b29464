import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ANA, GINA, manifestWith, NORTHWIND, OLIVIA, type Started, startSlack } from './support.ts';

let started: Started;
let message: { channelId: string; ts: string };

beforeEach(async () => {
  started = await startSlack({
    manifest: manifestWith({ scopes: ['chat:write', 'reactions:read', 'reactions:write'] }),
  });
  const { ts } = await started.client.chat.postMessage({ channel: NORTHWIND, text: 'Look' });
  message = { channelId: NORTHWIND, ts: String(ts) };
});
afterEach(() => started.stop());

const at = () => ({ channel: NORTHWIND, timestamp: message.ts });
const reactions = async () => (await started.client.reactions.get(at())).message?.reactions ?? [];

describe('a reaction', () => {
  test('is counted by its emoji, with everybody who has it, and survives an update', async () => {
    await started.slack.as(ANA).react(message, 'star');
    await started.slack.as(OLIVIA).react(message, 'star');
    await started.client.reactions.add({ ...at(), name: 'trophy' });
    await started.client.chat.update({ channel: NORTHWIND, ts: message.ts, text: 'Look again' });
    expect(await reactions()).toEqual([
      { name: 'star', users: [ANA, OLIVIA], count: 2 },
      { name: 'trophy', users: ['U0INKWELL'], count: 1 },
    ]);
    await started.slack.as(ANA).unreact(message, 'star');
    await started.client.reactions.remove({ ...at(), name: 'trophy' });
    expect(await reactions()).toEqual([{ name: 'star', users: [OLIVIA], count: 1 }]);
  });

  test('is shown to those who see the message', async () => {
    await started.slack.as(ANA).react(message, 'star');
    const [shown] = started.slack.messages(NORTHWIND, { as: OLIVIA }).filter(({ ts }) => ts === message.ts);
    expect(shown?.reactions).toEqual([{ name: 'star', userIds: [ANA] }]);
  });

  test.each([
    ['add', 'no such', 'invalid_name'],
    ['remove', 'star', 'no_reaction'],
  ] as const)('%s of %s is refused as Slack does: %s', async (verb, name, error) => {
    await expect(started.client.reactions[verb]({ ...at(), name })).rejects.toMatchObject({ data: { error } });
  });

  test('is there once a person', async () => {
    await started.client.reactions.add({ ...at(), name: 'star' });
    const again = started.client.reactions.add({ ...at(), name: 'star' });
    await expect(again).rejects.toMatchObject({ data: { error: 'already_reacted' } });
    await started.slack.as(ANA).react(message, 'star');
    expect(await started.slack.as(ANA).react(message, 'star')).toMatchObject({ ok: false });
  });

  test('takes a message that one sees, and a scope', async () => {
    expect(await started.slack.as(GINA).react(message, 'star')).toMatchObject({ ok: false });
    const gone = started.client.reactions.get({ ...at(), timestamp: '1.000001' });
    await expect(gone).rejects.toMatchObject({ data: { error: 'message_not_found' } });
    const without = await startSlack({ manifest: manifestWith({ scopes: ['chat:write'] }) });
    const add = without.client.reactions.add({ ...at(), name: 'star' });
    await expect(add).rejects.toMatchObject({ data: { error: 'missing_scope' } });
    await without.stop();
  });
});
