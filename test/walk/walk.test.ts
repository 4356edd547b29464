import { rmSync } from 'node:fs';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { realClock } from '../../src/start/real-clock.ts';
import { type Running, start } from '../../src/start/start.ts';
import { newDataDir } from '../support/bot-process.ts';
import { chromiumPath, NO_BROWSER, openBrowser } from '../support/browser.ts';
import { testLong } from '../support/is-long.ts';

const silent = { info: () => {}, warn: () => {}, error: () => {} };
/** Shared machines are slow at times; a person would wait, too. */
const PATIENCE_MS = 15_000;

const walk = chromiumPath ? describe : describe.skip;

walk(`a walk through the playground${chromiumPath ? '' : ` (${NO_BROWSER})`}`, () => {
  let dataDir: string;
  let running: Running;
  let browser: Browser;
  let page: Page;
  const troubles: string[] = [];
  /** Of Northwind’s month, after the first image: the past used some of it. */
  let left = 0;

  beforeAll(async () => {
    dataDir = newDataDir();
    await open();
    browser = await openBrowser(chromiumPath ?? '');
    page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    page.setDefaultTimeout(PATIENCE_MS);
    page.on('pageerror', (error) => troubles.push(error.message));
    page.on('request', (request) => {
      if (!request.url().startsWith('http://127.0.0.1:') && !request.url().startsWith('data:'))
        troubles.push(request.url());
    });
  }, 60_000);

  afterAll(async () => {
    await browser?.close();
    await running?.stop();
    rmSync(dataDir, { recursive: true, force: true });
  });

  async function open() {
    const environment = { DATA_DIR: dataDir, PORT: '0', LOG_LEVEL: 'silent' };
    running = await start(readConfig(environment, 'Europe/London'), { clock: realClock, log: silent });
  }

  const be = async (userId: string, place: string) => {
    await page.goto('about:blank');
    await page.goto(`${running.slack?.url}/?as=${userId}#${place}`);
  };
  const type = async (text: string) => {
    const input = page.getByTestId('composer').getByTestId('composer-input');
    await input.fill(text);
    await input.press('Enter');
  };
  const messages = () => page.getByTestId('message');
  const last = () => messages().last();
  const action = (within: Locator | Page, actionId: string) =>
    within.locator(`button[data-action-id="${actionId}"]`).first();
  const says = (place: Locator, text: RegExp) =>
    place.filter({ hasText: text }).first().waitFor({ timeout: PATIENCE_MS });
  const fill = async (label: RegExp, value: string) =>
    await page.getByTestId('modal').getByLabel(label).first().fill(value);

  test('Ana makes an image, and the channel shows price and balance', async () => {
    await be('U0ANA', 'C0NORTHWIND');
    await type('/imagine a red fox at dusk');
    await says(messages(), /a red fox at dusk[\s\S]*6 credits[\s\S]*Northwind Coffee has \d+ left/);
    left = Number(/has (\d+) left/.exec(await last().innerText())?.[1]);
    const picture = last().getByTestId('image').locator('img');
    await picture.waitFor();
    expect(await picture.evaluate((image: { naturalWidth: number }) => image.naturalWidth)).toBe(1024);
  }, 60_000);

  test('Again makes it once more, at the price', async () => {
    await action(last(), 'image_again').click();
    await says(messages(), new RegExp(`Northwind Coffee has ${left - 6} left`));
  }, 60_000);

  test('a star over the image keeps it, is counted under it, and a click on it takes it back', async () => {
    const message = last();
    await message.hover();
    await action(message, 'reaction-star').click();
    await says(message, /Kept by @Ana Lindqvist/);
    const star = message.getByTestId('reaction');
    expect(await star.getAttribute('aria-label')).toBe('Ana Lindqvist reacted with :star:');
    await star.click();
    await star.waitFor({ state: 'detached' });
    await message.filter({ hasNotText: /Kept by/ }).waitFor();
  }, 60_000);

  test('any other emoji is chosen from a list, in a thread as well', async () => {
    const message = last();
    await message.hover();
    await action(message, 'add-reaction').click();
    await page.locator('[data-testid="emoji-choice"][data-emoji="tada"]').click();
    await message.getByTestId('reaction').waitFor();
    await message.hover();
    await message.getByTestId('reply').click();
    const inThread = page.getByTestId('thread').getByTestId('reaction');
    await inThread.click();
    await message.getByTestId('reaction').waitFor({ state: 'detached' });
    await page.getByTestId('thread-close').click();
  }, 60_000);

  test('/credits answers with the arithmetic, for her eyes only', async () => {
    await type('/credits');
    const note = messages()
      .filter({ has: page.getByTestId('only-you') })
      .last();
    await says(note, new RegExp(`${left - 6}`));
    expect(await note.innerText()).toContain(`400 limit − ${400 - left + 6} used = ${left - 6}`);
  }, 60_000);

  test('/imagine alone opens a form that shows the price as she chooses', async () => {
    await type('/imagine');
    const modal = page.getByTestId('modal');
    await says(modal, /6 credits/);
    await modal.getByTestId('field').first().fill('three cups of coffee');
    await modal
      .locator('[data-action-id]')
      .filter({ hasText: /standard/i })
      .first()
      .click();
    await page.getByTestId('option').filter({ hasText: /fine/i }).first().click();
    await modal.filter({ hasText: /(?<!\b6) credits/ }).waitFor();
    expect(await modal.getByTestId('field').first().inputValue()).toBe('three cups of coffee');
    await page.getByTestId('modal-submit').click();
    await says(messages(), /three cups of coffee[\s\S]*fine/);
  }, 60_000);

  testLong(
    'ten images late to load do not push the answer to /credits out of sight',
    async () => {
      await page.route('**/files/**', async (route) => {
        await new Promise((done) => setTimeout(done, 400));
        await route.continue().catch(() => {});
      });
      await type('/imagine ten herons --n 10');
      await says(messages(), /ten herons[\s\S]*has \d+ left/);
      await be('U0ANA', 'C0NORTHWIND');
      await says(messages(), /ten herons/);
      const before = await page.getByTestId('only-you').count();
      await type('/credits');
      await page.getByTestId('only-you').nth(before).waitFor();
      await page.waitForTimeout(1500);
      const list = page.locator('.conversation .message-scroll');
      const [outer, inner] = [await list.boundingBox(), await last().boundingBox()];
      expect(inner?.y).toBeGreaterThanOrEqual(outer?.y ?? 0);
      expect((inner?.y ?? 0) + (inner?.height ?? 0)).toBeLessThanOrEqual((outer?.y ?? 0) + (outer?.height ?? 0));
      await page.unroute('**/files/**');
    },
    60_000,
  );

  test('a reload closes an open form, as in Slack', async () => {
    await type('/imagine');
    await page.getByTestId('modal').waitFor();
    await page.reload();
    await messages().last().waitFor();
    expect(await page.getByTestId('modal').isVisible()).toBe(false);
  }, 60_000);

  test('a wrong option is answered with what would be right', async () => {
    await type('/imagine a fox --size 1x1');
    await says(messages(), /1024x1024|1024×1024/);
  }, 60_000);

  test('a small budget is hard, and the refusal says whose, how much and who can help', async () => {
    await be('U0ANA', 'C0MIRA');
    await type('/imagine a serum bottle --n 10');
    await says(messages(), /Mira Skincare’s monthly budget[\s\S]*20 left[\s\S]*@Olivia Hart/);
  }, 60_000);

  test('a guest is told that guests look', async () => {
    await be('U0GINA', 'C0ATLAS');
    await type('/imagine a tent');
    await says(messages(), /Only visible to you[\s\S]*(viewer|creator)/i);
  }, 60_000);

  test('a channel of no client: Ana asks, Olivia decides on a card, Ana makes her image', async () => {
    await be('U0ANA', 'C0SUMMER');
    await type('/imagine heat, but calm');
    await says(messages(), /doesn’t belong to a client yet|has no client/);
    await be('U0OLIVIA', 'APP:messages');
    await page.getByTestId('tab-messages').click();
    const card = messages().last();
    await card.locator('[data-action-id="client_card_client"]').first().click();
    await page.getByTestId('option').filter({ hasText: 'Atlas Outdoor' }).click();
    await says(messages(), /Atlas Outdoor/);
    await be('U0ANA', 'C0SUMMER');
    await type('/imagine heat, but calm');
    await says(messages(), /Atlas Outdoor has \d+ left/);
  }, 90_000);

  test('Olivia creates a client with a budget from Home', async () => {
    await be('U0OLIVIA', 'APP:home');
    await action(page.getByTestId('home'), 'home_create_client').click();
    await page.getByTestId('modal').waitFor();
    await fill(/name/i, 'Harbour Tea');
    await fill(/budget/i, '250');
    await page.getByTestId('modal-submit').click();
    await says(page.getByTestId('home'), /Harbour Tea[\s\S]*250/);
  }, 60_000);

  testLong(
    'under Administer a week passes, and the digest is there',
    async () => {
      await be('U0OLIVIA', 'C0NORTHWIND');
      await page.getByTestId('administer').click();
      await page.getByTestId('let-week-pass').click();
      await page.getByTestId('admin-passing').waitFor();
      await page.getByTestId('admin-how').filter({ hasText: 'weekly digest' }).waitFor({ timeout: 120_000 });
      expect(await page.getByTestId('admin-now').innerText()).toMatch(/^It is now Monday, /);
      expect(await page.getByTestId('workspace-note').innerText()).toMatch(/^It is Monday, /);
      await be('U0OLIVIA', 'APP:messages');
      await says(messages(), /The week of/);
    },
    180_000,
  );

  test('what was typed into a form of limits is there with the other periods, and can be sent', async () => {
    await be('U0OLIVIA', 'APP:home');
    await action(page, 'home_tab_limits').click();
    await action(page, 'limits_open').click();
    await fill(/^Credits per month/, '4321');
    await action(page.getByTestId('modal'), 'limits_more').click();
    await fill(/^Credits per year/, '50000');
    expect(
      await page
        .getByTestId('modal')
        .getByLabel(/^Credits per month/)
        .inputValue(),
    ).toBe('4321');
    await page.getByTestId('modal-submit').click();
    await says(page.getByTestId('modal'), /Month: .* → 4,321 credits a month.*Year: .* → 50,000 credits a year/s);
    await page.keyboard.press('Escape');
  }, 60_000);

  test('a guest gets a role after a second yes, which says what it means', async () => {
    await be('U0OLIVIA', 'APP:home');
    await action(page, 'home_tab_people').click();
    await page.locator('button[data-block-id="person.U0GINA"]').click();
    await page.locator('[data-testid="select"][data-block-id="role.U0GINA"]').click();
    await page.getByTestId('option').filter({ hasText: 'Creator' }).first().click();
    await page.getByTestId('modal-submit').click();
    await says(page.getByTestId('modal'), /is a guest in this workspace.*As a creator, they can make images/s);
    expect(await page.getByTestId('modal-submit').innerText()).toBe('Give role');
    expect(running.context.book.now().members.get('U0GINA')?.role).toBe('viewer');
    await page.getByTestId('modal-submit').click();
    await says(page.getByTestId('home'), /Saved: @Gina.* became creator/);
  }, 60_000);

  test('a link that the browser keeps from the clipboard is shown', async () => {
    await be('U0ANA', 'C0NORTHWIND');
    await messages().first().hover();
    await page.evaluate('Object.defineProperty(navigator, "clipboard", { value: undefined, configurable: true })');
    await messages().first().getByTestId('copy-link').click();
    await says(messages(), /https:\/\/juniper-co\.slack\.com\/archives\/C0NORTHWIND\/p\d+/);
  }, 60_000);

  test('on a phone it says whole what it is, and there is room to read', async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    await be('U0ANA', 'C0NORTHWIND');
    await messages().first().waitFor();
    const bottomOf = async (testId: string) => {
      const box = await page.getByTestId(testId).first().boundingBox();
      return (box?.y ?? 0) + (box?.height ?? 0);
    };
    const header = await page.getByTestId('channel-title').first().boundingBox();
    expect(await bottomOf('about')).toBeLessThanOrEqual(header?.y ?? 0);
    expect(header?.y).toBeLessThan(844 / 2);
    await page.setViewportSize({ width: 1280, height: 900 });
  }, 60_000);

  test('after a restart everything is still there', async () => {
    await running.stop();
    await open();
    await be('U0ANA', 'C0NORTHWIND');
    await says(messages(), /a red fox at dusk/);
    await page.getByTestId('image').first().locator('img').waitFor();
    await be('U0OLIVIA', 'APP:home');
    await says(page.getByTestId('home'), /Harbour Tea/);
  }, 90_000);

  test('the page asks nobody else for anything, and throws nothing', () => {
    expect(troubles).toEqual([]);
  });
});
