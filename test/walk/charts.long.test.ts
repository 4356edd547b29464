import { join } from 'node:path';
import { card, carousel, chart, pie, series, table, withSeries } from '@inkwell/local-slack/test/newer-blocks.ts';
import { ANA, ATLAS, button, plain, type StartedWithBot, startWithBot } from '@inkwell/local-slack/test/support.ts';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chromiumPath, NO_BROWSER, openBrowser } from '../support/browser.ts';

const PATIENCE_MS = 15_000;
const DAYS = ['Mon', 'Tue'];
const CARDS = Array.from({ length: 8 }, (_, at) =>
  card({
    block_id: `card-${at}`,
    title: plain(`Image ${at + 1}`),
    actions: [{ ...button('drop', 'Drop'), style: 'danger' }, button('keep', 'Keep', String(at))],
  }),
);

const charts = chromiumPath ? describe : describe.skip;

charts(`charts and cards in the page${chromiumPath ? '' : ` (${NO_BROWSER})`}`, () => {
  let started: StartedWithBot;
  let browser: Browser;
  let page: Page;
  const troubles: string[] = [];
  const heard: object[] = [];

  beforeAll(async () => {
    started = await startWithBot(
      (app) =>
        app.action(/.*/, async ({ ack, action }) => {
          heard.push(action);
          await ack();
        }),
      { pageFolder: join('packages', 'local-slack', 'src', 'page') },
    );
    const blocks = [
      withSeries(series('Used <b>', DAYS), {
        name: 'Left',
        data: [
          { label: 'Tue', value: -2 },
          { label: 'Mon', value: 1_200 },
        ],
      }),
      pie({ label: 'Sketch', value: 3 }, { label: 'Final', value: 1 }),
    ];
    await started.client.apiCall('chat.postMessage', { channel: ATLAS, text: 'x', blocks });
    await started.client.apiCall('chat.postMessage', { channel: ATLAS, text: 'x', blocks: [carousel(...CARDS)] });
    browser = await openBrowser(chromiumPath ?? '');
    page = await browser.newPage({ viewport: { width: 1280, height: 1400 }, reducedMotion: 'reduce' });
    page.setDefaultTimeout(PATIENCE_MS);
    page.on('pageerror', (error) => troubles.push(error.message));
    page.on('console', (said) => said.type() === 'error' && troubles.push(said.text()));
    await page.goto(`${started.slack.url}/?as=${ANA}#${ATLAS}`);
    await page.getByTestId('carousel').waitFor();
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    expect([troubles, started.slack.violations]).toEqual([[], []]);
    await started.stop();
  });

  test('a chart has a name, and its figures as a table, by label', async () => {
    const first = page.getByRole('figure', { name: 'Credits by day' });
    expect(await first.getByRole('img').getAttribute('aria-label')).toBe('Bar chart: Credits by day. Used <b>, Left.');
    const rows = await first.getByRole('row').allInnerTexts();
    expect(rows.map((row) => row.split(/\s*\t\s*/).filter((cell) => cell !== ''))).toEqual([
      ['Used <b>', 'Left'],
      ['Mon', '1', '1,200'],
      ['Tue', '1', '−2'],
    ]);
    const shares = page.getByRole('figure', { name: 'Credits by client' });
    expect(await shares.getByRole('cell').allInnerTexts()).toEqual(['3', '75%', '1', '25%']);
  });

  test('a chart is drawn again for a narrower screen, with letters of the same size', async () => {
    const drawing = page.getByTestId('chart').first().locator('svg');
    const letters = async () => (await drawing.locator('text').first().boundingBox())!.height;
    const [wide, high] = [(await drawing.boundingBox())!.width, await letters()];
    await page.setViewportSize({ width: 390, height: 1400 });
    await expect.poll(async () => (await drawing.boundingBox())!.width).toBeLessThan(wide - 100);
    expect(await letters()).toBeCloseTo(high, 1);
    const overflow = await page
      .getByTestId('chart')
      .first()
      .evaluate((box) => box.scrollWidth - box.clientWidth);
    expect(overflow).toBeLessThanOrEqual(0);
    await page.setViewportSize({ width: 1280, height: 1400 });
    await expect.poll(async () => (await drawing.boundingBox())!.width).toBe(wide);
  });

  test('cards go by with the arrow keys, and their buttons come back with the card’s id', async () => {
    const strip = page.getByTestId('carousel');
    const scrolled = () => strip.evaluate((element) => element.scrollLeft);
    await strip.focus();
    await page.keyboard.press('ArrowRight');
    await expect.poll(scrolled).toBeGreaterThan(150);
    await page.keyboard.press('ArrowLeft');
    await expect.poll(scrolled).toBeLessThan(10);

    const last = page.getByTestId('card').last();
    await last.getByRole('button', { name: 'Keep' }).focus();
    await expect.poll(scrolled).toBeGreaterThan(600);
    await page.keyboard.press('Enter');
    await started.slack.until(() => heard.length > 0, PATIENCE_MS);
    expect(heard).toMatchObject([{ action_id: 'keep', block_id: 'card-7', value: '7' }]);
  });

  test('what is dangerous stands on the left', async () => {
    expect(await page.getByTestId('card').first().getByRole('button').allInnerTexts()).toEqual(['Drop', 'Keep']);
  });

  test('a screen of dark colors is drawn in them', async () => {
    const fill = () => page.evaluate("getComputedStyle(document.querySelector('.chart-bar')).fill");
    const light = await fill();
    expect(light).toMatch(/^rgb/);
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await fill()).not.toBe(light);
  });

  test('a data table names its rows', async () => {
    await started.client.apiCall('chat.postMessage', { channel: ATLAS, text: 'x', blocks: [table()] });
    const drawn = page.locator('.block-data_table').getByRole('table', { name: 'Credits by client' });
    await drawn.waitFor();
    expect(await drawn.getByRole('rowheader').allInnerTexts()).toEqual(['Northwind']);
    expect(await drawn.getByRole('columnheader').allInnerTexts()).toEqual(['Client', 'Credits']);
  });

  test('one series of each kind is a chart', async () => {
    for (const type of ['line', 'area']) {
      await started.client.apiCall('chat.postMessage', { channel: ATLAS, text: 'x', blocks: [chart({ type })] });
      await page.locator(`.chart-of-${type} path`).first().waitFor({ state: 'attached' });
    }
  });
});
