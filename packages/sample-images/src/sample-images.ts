import { setTimeout as sleep } from 'node:timers/promises';
import { renderAsync } from '@resvg/resvg-js';
import { loadFont } from './font.ts';
import { drawPicture, type Picture } from './picture.ts';

/** `size` as `1024x1024`, `quality` as `draft`, `standard` or `fine`; `variation` draws another picture of the same prompt. */
export type SampleRequest = { prompt: string; size: string; quality: string; variation?: number };
export type SampleOutcome =
  | { kind: 'done'; bytes: Uint8Array; contentType: 'image/png'; costMicroUsd: number }
  | { kind: 'refused' | 'rejected' | 'account_stop' | 'unknown'; detail: string };
export type SampleImages = { make(request: SampleRequest, options: { signal: AbortSignal }): Promise<SampleOutcome> };

const DETAIL: ReadonlyMap<string, Picture['detail']> = new Map([
  ['draft', 0],
  ['standard', 1],
  ['fine', 2],
]);
const SIDE_MAX = 4096;
const SIDE_MIN = 64;
const SLOW_MS = 6_000;

/** Words in a prompt that try the bad paths by hand, without a provider that would have to fail on request. */
const TRIALS: ReadonlyMap<string, SampleOutcome> = new Map([
  ['#refuse', { kind: 'refused', detail: 'sketch: asked to refuse' }],
  ['#fail', { kind: 'rejected', detail: 'sketch: asked to fail' }],
  ['#lost', { kind: 'unknown', detail: 'sketch: asked to lose the image' }],
  ['#quota', { kind: 'account_stop', detail: 'sketch: asked to be out of quota' }],
]);
const SLOW = '#slow';

/**
 * Draws a sample of each image on this machine, for free: the same request always gives the same picture.
 * `#refuse`, `#fail`, `#lost` and `#quota` in a prompt give the outcome they name, and `#slow` takes six seconds.
 * Throws when the font it captions pictures with is missing.
 */
export function createSampleImages({ delayMs = 0 }: { delayMs?: number } = {}): SampleImages {
  const font = loadFont();
  const fontOptions = { loadSystemFonts: false, fontFiles: [font.path], defaultFontFamily: font.family };

  return {
    async make(request, { signal }) {
      const picture = pictureOf(request);
      if (picture === null) return { kind: 'rejected', detail: 'sketch: not a size or quality it can draw' };

      const words = request.prompt.toLowerCase().split(/\s+/);
      const waited = await wait(delayMs + (words.includes(SLOW) ? SLOW_MS : 0), signal);
      if (!waited) return STOPPED;
      const trial = words.flatMap((word) => TRIALS.get(word) ?? []).at(0);
      if (trial !== undefined) return trial;

      const drawn = await renderAsync(drawPicture(picture, font), { font: fontOptions });
      // A real provider would do the same: the image is made by now, though no one waits for it.
      if (signal.aborted) return STOPPED;
      return { kind: 'done', bytes: drawn.asPng(), contentType: 'image/png', costMicroUsd: 0 };
    },
  };
}

const STOPPED: SampleOutcome = { kind: 'unknown', detail: 'sketch: stopped before the image came' };

function pictureOf({ prompt, size, quality, variation = 0 }: SampleRequest): Picture | null {
  const [, width = 0, height = 0] = (/^(\d{2,4})x(\d{2,4})$/.exec(size) ?? []).map(Number);
  const detail = DETAIL.get(quality);
  const fits = Math.min(width, height) >= SIDE_MIN && Math.max(width, height) <= SIDE_MAX;
  return fits && detail !== undefined ? { prompt, width, height, detail, variation } : null;
}

/** False when the signal fired before the time had passed. */
async function wait(ms: number, signal: AbortSignal): Promise<boolean> {
  try {
    if (ms > 0) await sleep(ms, undefined, { signal });
  } catch (error) {
    if (!signal.aborted) throw error;
  }
  return !signal.aborted;
}
