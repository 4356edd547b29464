import { WebClient } from '@slack/web-api';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { linkButton } from '../../src/slack/kit/contact-sheet.ts';
import { LINKS } from '../../src/slack/kit/ids.ts';
import { actions } from '../../src/slack/kit/parts.ts';
import { MARCUS, OLIVIA } from '../support/world.ts';
import { wordsIn } from './home-views.ts';
import { type Inkwell, startInkwell, TOKEN } from './set-up-world.ts';

const CLIENT = 'northwind';

describe('the weekly digest of a client’s channels, in the client’s form', () => {
  let inkwell: Inkwell;
  beforeAll(async () => {
    inkwell = await startInkwell();
  });
  afterAll(() => inkwell.stop());
  afterEach(() => {
    expect(inkwell.slack.violations).toEqual([]);
    expect(inkwell.errors.splice(0)).toEqual([]);
  });

  const home = async (who: string) => {
    await inkwell.idle();
    return inkwell.slack.home(who)!;
  };
  const words = async (who: string) => wordsIn((await home(who)).blocks);
  const open = async (who: string) => {
    await inkwell.slack.as(who).openHome();
    await inkwell.slack.as(who).click(await home(who), 'home_client', { value: `[0,0,"${CLIENT}"]` });
    await inkwell.idle();
    return inkwell.slack.modal(who)!;
  };
  const isOn = () => inkwell.world.book.now().clients.get(CLIENT)?.hasDigest;
  const lines = () => inkwell.world.book.now().seq;

  test('is turned on by a manager of the client, and told in Home', async () => {
    const form = await open(MARCUS);
    await inkwell.slack.as(MARCUS).submit(form, { digest: 'on' });
    expect(await words(MARCUS)).toContain('The channels of Northwind Coffee get a weekly digest.');
    expect(isOn()).toBe(true);
    await inkwell.slack.as(OLIVIA).openHome();
    await inkwell.slack.as(OLIVIA).click(await home(OLIVIA), 'home_tab_changes');
    expect(await words(OLIVIA)).toContain('The channels of Northwind Coffee get a weekly digest');
  });

  test('sent as it was, the form changes nothing, also where it was changed meanwhile', async () => {
    const form = await open(OLIVIA);
    const before = lines();
    await inkwell.slack.as(OLIVIA).submit(form, {});
    await inkwell.idle();
    expect(lines()).toBe(before);
    const stale = await open(OLIVIA);
    const off = { kind: 'set_client_digest', clientId: CLIENT, isOn: false } as const;
    await inkwell.world.book.submit({ commandId: 'meanwhile', by: OLIVIA, ...off });
    await inkwell.slack.as(OLIVIA).submit(stale, { name: 'Northwind Tea' });
    await inkwell.idle();
    expect(isOn()).toBe(false);
  });

  test('is taken back, but not where another person has changed it since', async () => {
    await inkwell.slack.as(OLIVIA).submit(await open(OLIVIA), { digest: 'on' });
    await inkwell.slack.as(OLIVIA).click(await home(OLIVIA), 'home_undo');
    expect(await words(OLIVIA)).toContain('Undone: The channels of Northwind Tea no longer get a weekly digest.');
    expect(isOn()).toBe(false);
    await inkwell.slack.as(OLIVIA).submit(await open(OLIVIA), { digest: 'on' });
    const view = await home(OLIVIA);
    await inkwell.slack.as(MARCUS).submit(await open(MARCUS), { digest: 'off' });
    await inkwell.idle();
    await inkwell.slack.as(OLIVIA).click(view, 'home_undo');
    expect(await words(OLIVIA)).toMatch(/Undone|someone changed it since/);
    expect(isOn()).toBe(false);
  });

  test('has a preview that says where it is, or that the week was quiet', async () => {
    const form = await open(MARCUS);
    await inkwell.slack.as(MARCUS).click(form, 'client_digest_preview');
    await inkwell.idle();
    expect(wordsIn(inkwell.slack.modal(MARCUS)!.blocks)).toContain('No image was made');
  });

  test('sends one preview, however often the finger shakes', async () => {
    const asked: string[] = [];
    inkwell.override({
      previewClientDigest: async ({ deliveryId }) => {
        asked.push(deliveryId);
        return { kind: 'sent' };
      },
    });
    const form = await open(OLIVIA);
    const clicks = Array.from({ length: 10 }, () => inkwell.slack.as(OLIVIA).click(form, 'client_digest_preview'));
    await Promise.all(clicks);
    await inkwell.idle();
    inkwell.override({});
    expect(asked).toHaveLength(1);
    expect(wordsIn(inkwell.slack.modal(OLIVIA)!.blocks)).toContain('in your messages from Inkwell');
  });

  test.each([OLIVIA, 'U0TOM', 'U0GINA'])('leads %s to an image, whatever their role, and says nothing', async (who) => {
    const url = 'https://northwind.slack.com/archives/C0NORTHWIND/p1790000000000000';
    const block = actions(linkButton('Open message', { action: LINKS.image, url }));
    const client = new WebClient(TOKEN, { slackApiUrl: inkwell.slack.apiUrl });
    const { ts } = await client.chat.postMessage({ channel: 'C0NORTHWIND', text: 'A week', blocks: [block] });
    const said = () => [
      inkwell.world.messenger.told.length,
      inkwell.slack.messages('C0NORTHWIND', { as: who }).length,
      inkwell.slack.messages(inkwell.slack.directMessage(who), { as: who }).length,
    ];
    const before = said();
    await inkwell.slack.as(who).click({ channelId: 'C0NORTHWIND', ts: ts! }, LINKS.image);
    await inkwell.idle();
    expect(said()).toEqual(before);
  });

  test('is not for a manager who has lost the client since', async () => {
    const form = await open(MARCUS);
    const lost = { kind: 'set_manages', memberId: MARCUS, clientIds: [], teamIds: [] } as const;
    await inkwell.world.book.submit({ commandId: 'lost', by: OLIVIA, ...lost });
    await inkwell.slack.as(MARCUS).click(form, 'client_digest_preview');
    await inkwell.idle();
    expect(wordsIn(inkwell.slack.modal(MARCUS)!.blocks)).not.toContain('No image was made');
    await inkwell.slack.as(MARCUS).close(inkwell.slack.modal(MARCUS)!);
    await inkwell.slack.as(MARCUS).submit(form, { digest: 'on' });
    await inkwell.idle();
    expect(isOn()).toBe(false);
  });
});
