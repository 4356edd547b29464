import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { KeptImage } from '../../src/app/digest/client-digest-view.ts';
import type { Messenger } from '../../src/app/messenger.ts';
import { createMessenger } from '../../src/slack/messenger/messenger.ts';
import { clientDigestCard, keptImage } from './digest-views.ts';
import { NORTHWIND, openQuickSlack, type QuickSlack } from './quick-slack.ts';

const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

let here: QuickSlack;
let messenger: Messenger;
let kept: KeptImage[];
beforeAll(async () => {
  here = await openQuickSlack();
  kept = [];
  for (let index = 0; index < 12; index += 1) kept.push(await inSlack(index));
});
beforeEach(() => {
  here.slack.faults.clear();
  here.clock.pass(2 * 86_400_000);
  messenger = createMessenger({ ...here, paceMs: 0 });
});
afterAll(() => here.slack.close());

/** A kept image whose message and file are there. */
async function inSlack(index: number): Promise<KeptImage> {
  here.clock.pass(60_000);
  const bytes = Buffer.from(PNG, 'base64');
  const uploaded = await messengerNow().upload({ bytes, contentType: 'image/png', title: `Image ${index}` });
  const posted = await here.client.chat.postMessage({ channel: NORTHWIND, text: `Image ${index}` });
  const fileId = uploaded.kind === 'uploaded' ? uploaded.fileId : '';
  const prompt = `Fox ${index}`;
  return keptImage(index, { fileId, place: { channelId: NORTHWIND, ts: posted.ts! }, url: null, prompt });
}
const messengerNow = () => createMessenger({ ...here, paceMs: 0 });

const post = async (images: readonly KeptImage[]) => {
  const answer = await messenger.postCardIn(
    NORTHWIND,
    clientDigestCard(0, { keptCount: images.length, kept: images }),
    undefined,
  );
  const blocks = here.slack.messages(NORTHWIND).at(-1)?.blocks ?? [];
  return { answer: answer.kind, blocks, types: blocks.map(({ type }) => type), text: JSON.stringify(blocks) };
};

describe('a client’s digest in Slack', () => {
  test('shows ten of twelve kept images, each with the way to its message', async () => {
    const { answer, types, text } = await post(kept);
    expect({ answer, types }).toEqual({ answer: 'posted', types: ['rich_text', 'carousel', 'context'] });
    expect(text.match(/"url":"https?:[^"]*\/archives\/C0NORTHWIND\/p\d+/g)).toHaveLength(10);
    expect(text).toContain('10 of 12 kept images are shown.');
  });

  test('shows another image in place of one whose message is gone', async () => {
    const [first, ...rest] = kept as [KeptImage, ...KeptImage[]];
    const gone = { ...first, place: { channelId: NORTHWIND, ts: '1700000000.000001' }, prompt: 'A fox that is gone' };
    const { text } = await post([gone, ...rest]);
    expect(text).not.toContain('gone');
    expect(text).toContain('Fox 10');
  });

  test('says what came of the week where no image has a message any more', async () => {
    const { answer, types } = await post([keptImage(0, { place: { channelId: NORTHWIND, ts: '1700000000.000001' } })]);
    expect({ answer, types }).toEqual({ answer: 'posted', types: ['rich_text'] });
  });

  test('is posted with links in place of pictures where Slack refuses the contact sheet', async () => {
    const { answer, types, text } = await post([{ ...(kept[0] as KeptImage), fileId: 'F0GONE' }]);
    expect({ answer, types }).toEqual({ answer: 'posted', types: ['rich_text', 'rich_text'] });
    expect(text).toMatch(/"type":"link","url":"https?:[^"]*\/archives\/C0NORTHWIND\/p\d+/);
  });

  test('is left for later where Slack does not answer', async () => {
    for (let times = 0; times < 20; times += 1)
      here.slack.faults.next('chat.getPermalink', { error: 'internal_error' });
    const before = here.slack.messages(NORTHWIND).length;
    expect((await messenger.postCardIn(NORTHWIND, clientDigestCard(0, { kept, keptCount: 12 }), undefined)).kind).toBe(
      'failed',
    );
    expect(here.slack.messages(NORTHWIND)).toHaveLength(before);
  });
});
