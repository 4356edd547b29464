import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createApp } from '../../src/app/app.ts';
import { ANA, OLIVIA } from '../support/world.ts';
import { wordsIn } from './home-views.ts';
import { type Inkwell, startInkwell } from './set-up-world.ts';

/** Slack lets a form be sent that Inkwell was late with; what one view sends is one form, however often it comes. */
describe('a form that is sent once more', () => {
  let inkwell: Inkwell;
  let hop: Awaited<ReturnType<typeof startHop>>;
  beforeAll(async () => {
    inkwell = await startInkwell();
    hop = await startHop(inkwell);
  });
  afterAll(async () => {
    await hop.stop();
    await inkwell.stop();
  });
  afterEach(async () => {
    inkwell.override({});
    inkwell.requests.length = 0;
    for (const who of [ANA, OLIVIA]) {
      const open = inkwell.slack.modal(who);
      if (open) await inkwell.slack.as(who).close(open);
    }
    expect(inkwell.slack.violations).toEqual([]);
    expect(inkwell.errors).toEqual([]);
  });

  const modal = (who: string) => inkwell.slack.modal(who)!;
  const words = (who: string) => wordsIn(modal(who).blocks);
  const send = (who: string, values: Record<string, string>) => inkwell.slack.as(who).submit(modal(who), values);
  const grants = () => inkwell.world.book.now().grants.get('client:northwind') ?? [];

  async function openImage() {
    await inkwell.slack.as(ANA).command('/imagine', '', { channelId: 'C0NORTHWIND' });
    await inkwell.idle();
  }
  async function openGrant() {
    await inkwell.slack.as(OLIVIA).openHome();
    await inkwell.idle();
    await inkwell.slack.as(OLIVIA).click(inkwell.slack.home(OLIVIA)!, 'home_tab_limits');
    await inkwell.idle();
    const value = JSON.stringify([0, 0, '@limits', 'client:northwind']);
    await inkwell.slack.as(OLIVIA).click(inkwell.slack.home(OLIVIA)!, 'grant_open', { value });
    await inkwell.idle();
  }
  const slowly = async <Of>(answer: Of): Promise<Of> => {
    await new Promise((done) => setTimeout(done, 2_400));
    return answer;
  };

  test.each([
    ['as it was', 'a hare', 'a hare'],
    ['with other words', 'an owl', 'two owls'],
  ])('while Inkwell is late asks for images once: %s', async (_, prompt, again) => {
    await inkwell.slack.as(ANA).openHome();
    await inkwell.idle();
    await inkwell.slack.as(ANA).click(inkwell.slack.home(ANA)!, 'home_imagine');
    await inkwell.idle();
    const { has } = inkwell.world.channels;
    inkwell.world.channels.has = async (...asked) => slowly(await has(...asked));
    await send(ANA, { prompt, channel: 'C0NORTHWIND' });
    expect(words(ANA)).toContain('One moment…');
    await send(ANA, { prompt: again, channel: 'C0NORTHWIND' });
    await inkwell.idle();
    inkwell.world.channels.has = has;
    expect(inkwell.requests).toMatchObject([{ prompt }]);
    expect(modal(ANA).title?.text).toBe('Sent');
    expect(words(ANA)).not.toContain('saved');
  });

  test('while Inkwell is late grants once, also with another figure', async () => {
    const before = grants().length;
    await openGrant();
    const { grantCredits } = createApp(inkwell.world);
    inkwell.override({ grantCredits: async (grant) => slowly(await grantCredits(grant)) });
    await send(OLIVIA, { amount: '5', reason: 'For the pitch' });
    expect(words(OLIVIA)).toContain('One moment…');
    await send(OLIVIA, { amount: '6', reason: 'For the pitch' });
    await inkwell.idle();
    expect(grants().slice(before)).toMatchObject([{ amountCredits: 5 }]);
  });

  test.each([
    ['at once', 0, 'a badger'],
    ['long after', 3_100, 'a heron'],
  ])('after it was closed makes one image, and says so: %s', async (_, pauseMs, prompt) => {
    await openImage();
    await send(ANA, { prompt });
    await inkwell.idle();
    const other = await hop.again((view) => view.replaceAll(prompt, 'a wolf'), pauseMs);
    await inkwell.idle();
    expect(JSON.stringify(other)).toContain('the first one counts');
    await hop.again((view) => view);
    await inkwell.idle();
    expect(new Set(inkwell.requests.map(({ deliveryId }) => deliveryId)).size).toBe(1);
    expect(new Set(inkwell.requests.map(({ prompt }) => prompt))).toEqual(new Set([prompt]));
  });

  test('after it was closed grants nothing more', async () => {
    const before = grants().length;
    await openGrant();
    await send(OLIVIA, { amount: '7', reason: 'For the pitch' });
    await inkwell.idle();
    await hop.again((view) => view.replaceAll('"7"', '"8"'), 3_100);
    await inkwell.idle();
    expect(grants().slice(before)).toMatchObject([{ amountCredits: 7 }]);
  });

  test('after it was refused is looked at again, with what was changed', async () => {
    const before = grants().length;
    await openGrant();
    await send(OLIVIA, { amount: '7', until: '2001-01-01', reason: 'For the pitch' });
    await inkwell.idle();
    expect(modal(OLIVIA).errors.until).toContain('must lie in the future');
    await send(OLIVIA, { amount: '7', until: '2099-01-01', reason: 'For the pitch' });
    await inkwell.idle();
    expect(grants().slice(before)).toMatchObject([{ amountCredits: 7 }]);
  });
});

/** Stands between Slack and the app, and sends the last form once more: Slack itself has closed it by then. */
async function startHop({ slack, url }: Inkwell) {
  let last = '';
  const deliver = (body: string) =>
    fetch(url, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...slack.sign(body) },
    });
  const pass = async (request: IncomingMessage, response: ServerResponse) => {
    const body = await text(request);
    if (body.includes('view_submission')) last = body;
    const headers = { 'content-type': String(request.headers['content-type']), ...slack.sign(body) };
    const answer = await fetch(url, { method: 'POST', body, headers });
    response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? 'text/plain' });
    response.end(await answer.text());
  };
  const server = createServer((request, response) => void pass(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  slack.deliverTo(`http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`);
  return {
    async again(change: (view: string) => string, pauseMs = 0): Promise<string> {
      await new Promise((done) => setTimeout(done, pauseMs));
      const payload = change(new URLSearchParams(last).get('payload') ?? '');
      return await (await deliver(new URLSearchParams({ payload }).toString())).text();
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
