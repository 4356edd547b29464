import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createLocalSlack, readManifest } from '@inkwell/local-slack';
import { createSampleImages } from '@inkwell/sample-images';
import type { Browser, Page } from 'playwright-core';
import { NOW } from '../../test/slack/home-views.ts';
import { LARGE_AGENCY } from './hard-cases.ts';
import type { Drawn } from './sample.ts';

export type Stage = { shoot(drawn: Drawn, path: string): Promise<void>; close(): Promise<void> };

/** High enough for the longest form: a dialog is not seen beyond the window. */
const WINDOW = { width: 920, height: 2_600 };
const PHONE_WINDOW = { width: 390, height: 4_000 };
const PATIENCE_MS = 20_000;

/** The playground's page in a browser, with our stage instead of its own start, and its time standing still. */
export async function openStage(browser: Browser, { dark, phone }: { dark: boolean; phone: boolean }): Promise<Stage> {
  const slack = createLocalSlack({
    manifest: readManifest('manifest.yml'),
    seed: LARGE_AGENCY,
    signingSecret: 'nobody-is-delivered-to',
    botToken: 'xoxb-nobody',
    clock: () => NOW,
    pageFolder: join('packages', 'local-slack', 'src', 'page'),
  });
  await slack.listen();
  const context = await browser.newContext({
    viewport: phone ? PHONE_WINDOW : WINDOW,
    colorScheme: dark ? 'dark' : 'light',
    locale: 'en-US',
    timezoneId: 'Europe/London',
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  await page.clock.setFixedTime(NOW);
  const troubles: string[] = [];
  page.on('pageerror', (error) => troubles.push(error.message));
  await serve(page);
  await page.goto(slack.url);
  await page.waitForFunction(() => 'drawSample' in globalThis);
  return {
    shoot: async (drawn, path) => {
      await page.evaluate(draw, { ...drawn, at: NOW - 60_000 });
      await page.locator('#sample').screenshot({ path, animations: 'disabled', caret: 'hide' });
      if (troubles.length > 0) throw new Error(`The page threw: ${troubles.join(' · ')}`);
    },
    close: async () => {
      await context.close();
      await slack.close();
    },
  };
}

/** Runs in the page. */
const draw = (drawn: Drawn & { at: number }) =>
  (globalThis as unknown as { drawSample: (drawn: unknown) => Promise<void> }).drawSample(drawn);

async function serve(page: Page): Promise<void> {
  const stage = readFileSync(join('scripts', 'surfaces', 'stage.js'), 'utf8');
  await page.route('**/main.js', (route) => route.fulfill({ contentType: 'text/javascript', body: stage }));
  const picture = await samplePicture();
  await page.route('**/files/**', (route) => route.fulfill({ contentType: 'image/png', body: picture }));
}

/** Stands for every image that was made. */
async function samplePicture(): Promise<Buffer> {
  const made = await createSampleImages().make(
    { prompt: 'a red fox at dusk', size: '768x512', quality: 'standard' },
    { signal: AbortSignal.timeout(PATIENCE_MS) },
  );
  if (made.kind !== 'done') throw new Error(`The sample drawer made no picture: ${made.kind}`);
  return Buffer.from(made.bytes);
}
