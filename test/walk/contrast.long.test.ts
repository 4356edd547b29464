import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { workingParts } from '@inkwell/local-slack/blocks/parts.ts';
import type { KnownBlock } from '@slack/types';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Running } from '../../src/start/start.ts';
import { chromiumPath, NO_BROWSER, openBrowser } from '../support/browser.ts';
import { startDemo } from '../support/demo.ts';

const SIZES = { wide: { width: 1280, height: 900 }, phone: { width: 390, height: 844 } };
const OLIVIA = 'U0OLIVIA';
const PEOPLE = [OLIVIA, 'U0MARCUS', 'U0ANA', 'U0TOM'];

/** Runs in the page: texts, also typed ones and those that stand in empty fields, that are less than 4.5 times brighter or darker than what is behind them, and how many there are. */
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
  const texts = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    texts.push({ element: node.parentElement, words: node.textContent.trim(), color: getComputedStyle(node.parentElement).color });
  }
  for (const element of document.querySelectorAll('input:not([type=radio], [type=checkbox], [type=date], [type=time]), textarea')) {
    const of = element.value ? null : '::placeholder';
    const style = getComputedStyle(element, of);
    const faded = parse(style.color);
    faded[3] *= of ? Number(style.opacity) : 1;
    texts.push({ element, words: (element.value || element.placeholder).trim(), color: 'rgba(' + faded.join(', ') + ')' });
  }
  for (const { element, words, color } of texts) {
    if (!words || element.closest('[disabled], svg, .emoji, .emoji-text')) continue;
    if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
    count += 1;
    const line = [];
    for (let at = element; at; at = at.parentElement) line.unshift(at);
    const ground = line.reduce((below, at) => over(parse(getComputedStyle(at).backgroundColor), below), [255, 255, 255, 1]);
    const opacity = line.reduce((so, at) => so * Number(getComputedStyle(at).opacity), 1);
    const drawn = parse(color);
    const letters = over([drawn[0], drawn[1], drawn[2], drawn[3] * opacity], ground);
    const [a, b] = [light(letters), light(ground)].sort((x, y) => y - x);
    const ratio = (a + 0.05) / (b + 0.05);
    if (ratio < 4.5) dim.push(ratio.toFixed(2) + ' ' + element.className + ': ' + words.slice(0, 40));
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

  /** Each button of a view that leads to a form, once an action. */
  const openers = (blocks: readonly KnownBlock[]) => {
    const buttons = workingParts(blocks).flatMap(({ actionId, blockId, element }) => {
      const { text, value } = element as { text?: { text: string }; value?: string };
      return text?.text.endsWith('…') ? [{ actionId, blockId, ...(value === undefined ? {} : { value }) }] : [];
    });
    return [...new Map(buttons.map((each) => [each.actionId, each])).values()];
  };

  test.each(cases)(
    'stands out in every form of Home, also with its mistakes, and in threads, in %s and %s',
    async (colorScheme, size) => {
      const slack = running.slack;
      if (!slack) throw new Error('not the playground');
      const page = await browser.newPage({ viewport: SIZES[size], colorScheme });
      await page.goto(`${slack.url}/`);
      await page.locator(`[data-person-id="${OLIVIA}"]`).click();
      await page.locator(`[data-person-id="${OLIVIA}"][aria-checked="true"]`).waitFor();
      const dims: string[] = [];
      const measure = async (what: string) => {
        await page.waitForTimeout(150);
        const { dim, count } = (await page.evaluate(MEASURE)) as { dim: string[]; count: number };
        dims.push(...dim.map((each) => `${what}: ${each}`));
        expect(count).toBeGreaterThan(10);
      };
      const as = slack.as(OLIVIA);
      const home = () => slack.until(() => slack.home(OLIVIA));
      await as.openHome();
      const tabs = workingParts((await home()).blocks).filter(({ actionId }) => actionId.startsWith('home_tab_'));
      let formsCount = 0;
      for (const { actionId: tab, element } of tabs) {
        const { value: carried = '' } = element as { value?: string };
        const openTab = async () => {
          await as.click(await home(), tab, { value: carried });
          await page.waitForTimeout(400);
          return openers((await home()).blocks);
        };
        for (const { actionId } of await openTab()) {
          // A form that was sent drew Home again.
          const button = (await openTab()).find((each) => each.actionId === actionId);
          if (!button) continue;
          const { blockId, value } = button;
          await as.click(await home(), actionId, { blockId, ...(value === undefined ? {} : { value }) });
          const form = await slack.until(() => slack.modal(OLIVIA));
          await page.getByTestId('modal').waitFor();
          await measure(`${form.callback_id ?? actionId}`);
          if (form.submit) await as.submit(form);
          if (slack.modal(OLIVIA)) await measure(`${form.callback_id ?? actionId}, sent`);
          for (let open = slack.modal(OLIVIA); open; open = slack.modal(OLIVIA)) await as.close(open);
          await page.getByTestId('modal').waitFor({ state: 'hidden' });
          formsCount += 1;
        }
      }
      expect(formsCount).toBeGreaterThan(8);
      const [first] = slack.messages('C0GENERAL');
      for (const text of ['A first answer, with `code`', 'And <https://example.com|a link> for <@U0BEN>']) {
        await as.say(text, { channelId: 'C0GENERAL', threadTs: first?.ts ?? '' });
      }
      await page.locator('.sidebar .channel').filter({ hasText: 'general' }).click();
      await page.locator('.thread-link').first().click();
      await page.getByTestId('thread').waitFor();
      await measure('thread');
      expect([...new Set(dims)]).toEqual([]);
      await page.close();
    },
    240_000,
  );
});
