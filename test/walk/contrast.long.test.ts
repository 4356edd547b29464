import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Running } from '../../src/start/start.ts';
import { chromiumPath, NO_BROWSER, openBrowser } from '../support/browser.ts';
import { startDemo } from '../support/demo.ts';

const SIZES = { wide: { width: 1280, height: 900 }, phone: { width: 390, height: 844 } };
const PEOPLE = ['U0OLIVIA', 'U0MARCUS', 'U0ANA', 'U0TOM'];

/** Runs in the page: texts that are less than 4.5 times brighter or darker than what is behind them, and how many there are. */
const MEASURE = `(() => {
  const parse = (color) => {
    const parts = (/rgba?\\(([^)]+)\\)/.exec(color)?.[1] ?? '0 0 0 0').split(/[ ,/]+/).map(Number);
    return [parts[0], parts[1], parts[2], parts[3] ?? 1];
  };
  const over = (top, below) => [0, 1, 2].map((at) => top[at] * top[3] + below[at] * (1 - top[3])).concat(1);
  const light = (color) => {
    const [r, g, b] = color.slice(0, 3).map((each) => each / 255).map((v) => (v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const dim = [];
  let count = 0;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (!node.textContent.trim() || element.closest('[disabled], svg, .emoji, .emoji-text')) continue;
    if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
    count += 1;
    const line = [];
    for (let at = element; at; at = at.parentElement) line.unshift(at);
    const ground = line.reduce((below, at) => over(parse(getComputedStyle(at).backgroundColor), below), [255, 255, 255, 1]);
    const letters = over(parse(getComputedStyle(element).color), ground);
    const [a, b] = [light(letters), light(ground)].sort((x, y) => y - x);
    const ratio = (a + 0.05) / (b + 0.05);
    if (ratio < 4.5) dim.push(ratio.toFixed(2) + ' ' + element.className + ': ' + node.textContent.trim().slice(0, 40));
  }
  return { dim: [...new Set(dim)], count, width: document.documentElement.scrollWidth };
})()`;

describe.skipIf(chromiumPath === null)(`the text of the page ${chromiumPath ? '' : NO_BROWSER}`, () => {
  let running: Running;
  let browser: Browser;
  const folder = mkdtempSync(join(tmpdir(), 'inkwell-contrast-'));
  beforeAll(async () => {
    running = await startDemo(folder);
    browser = await openBrowser(chromiumPath ?? '');
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await running?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const cases = (['light', 'dark'] as const).flatMap((colorScheme) =>
    (['wide', 'phone'] as const).map((size) => [colorScheme, size] as const),
  );
  test.each(cases)(
    'stands out in every view, in %s and %s',
    async (colorScheme, size) => {
      const page = await browser.newPage({ viewport: SIZES[size], colorScheme });
      await page.goto(`${running.slack?.url}/`);
      for (const person of PEOPLE) {
        await page.locator(`[data-person-id="${person}"]`).click();
        // Their channels are drawn with the next view.
        await page.locator(`[data-person-id="${person}"][aria-checked="true"]`).waitFor();
        await page.waitForTimeout(1_000);
        for (const channel of await page.locator('.sidebar .channel').all()) {
          await channel.click();
          await page.waitForTimeout(400);
          const { dim, count, width } = (await page.evaluate(MEASURE)) as {
            dim: string[];
            count: number;
            width: number;
          };
          expect(dim).toEqual([]);
          expect(count).toBeGreaterThan(10);
          expect(width).toBeLessThanOrEqual(SIZES[size].width);
        }
      }
      await page.close();
    },
    240_000,
  );
});
