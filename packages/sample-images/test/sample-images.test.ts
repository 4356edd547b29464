import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadFont } from '../src/font.ts';
import { drawPicture } from '../src/picture.ts';
import { createSampleImages, type SampleImages, type SampleOutcome, type SampleRequest } from '../src/sample-images.ts';

const SEED = 20261115;
const isLong = process.env.INKWELL_TEST_LONG === 'yes';
const SIZES = ['1024x1024', '1536x1024', '1024x1536'];
const QUALITIES = ['draft', 'standard', 'fine'];
const request: SampleRequest = {
  size: '256x256',
  quality: 'standard',
  prompt: 'a fox in a teal forest at dusk',
};

let maker: SampleImages;
beforeAll(() => {
  maker = createSampleImages();
});

const make = (changes: Partial<SampleRequest> = {}, signal = new AbortController().signal): Promise<SampleOutcome> =>
  maker.make({ ...request, ...changes }, { signal });

async function bytesOf(changes: Partial<SampleRequest> = {}): Promise<Buffer> {
  const outcome = await make(changes);
  if (outcome.kind !== 'done') throw new Error(`not drawn: ${outcome.detail}`);
  return Buffer.from(outcome.bytes);
}

const KINDS = SIZES.flatMap((size) => QUALITIES.map((quality) => [size, quality] as const));

describe('a sketch', () => {
  test.each(KINDS.filter((_, index) => isLong || index % 2 === 0))(
    'is a PNG of %s in %s, and costs nothing',
    async (size, quality) => {
      const outcome = await make({ size, quality });
      expect(outcome).toMatchObject({ kind: 'done', contentType: 'image/png', costMicroUsd: 0 });
      const png = Buffer.from(outcome.kind === 'done' ? outcome.bytes : []);
      expect(png.subarray(1, 4).toString()).toBe('PNG');
      expect(`${png.readUInt32BE(16)}x${png.readUInt32BE(20)}`).toBe(size);
    },
  );

  test('is the same for the same request', async () => {
    expect(Buffer.compare(await bytesOf(), await bytesOf())).toBe(0);
    expect(Buffer.compare(await bytesOf(), await bytesOf({ variation: 0 }))).toBe(0);
  });

  test('is another for another prompt, variation or quality', async () => {
    const first = await bytesOf();
    for (const changes of [{ prompt: 'a fox in a red forest at dusk' }, { variation: 1 }, { quality: 'fine' }]) {
      expect(Buffer.compare(first, await bytesOf(changes))).not.toBe(0);
    }
  });

  test.each([
    { size: 'auto' },
    { size: '10x1024' },
    { size: '9999x9999' },
    { size: '1024x1024;' },
    { quality: 'auto' },
    { quality: 'toString' },
  ])('is not drawn for %j', async (changes) => {
    expect(await make(changes)).toMatchObject({ kind: 'rejected' });
  });

  test.each([
    ['#refuse', 'refused'],
    ['#fail', 'rejected'],
    ['#lost', 'unknown'],
    ['#quota', 'account_stop'],
    ['#REFUSE', 'refused'],
  ])('of a prompt with %s is %s', async (word, kind) => {
    expect(await make({ prompt: `a fox ${word} at dusk` })).toMatchObject({ kind });
  });

  test.each(['#refused', '#lostandfound', 'boom:hang', '#constructor'])(
    'of a prompt with %s is drawn',
    async (word) => {
      expect(await make({ prompt: `a fox ${word}` })).toMatchObject({ kind: 'done' });
    },
  );

  test('that is stopped while it is waited for is unknown', async () => {
    const slow = createSampleImages({ delayMs: 10_000 });
    expect(await slow.make(request, { signal: AbortSignal.timeout(50) })).toMatchObject({ kind: 'unknown' });
    expect(await make({ prompt: 'a fox #slow' }, AbortSignal.timeout(50))).toMatchObject({ kind: 'unknown' });
  });

  test('that is stopped while it is drawn, or before, is unknown', async () => {
    const stop = new AbortController();
    const outcome = make({}, stop.signal);
    stop.abort();
    expect(await outcome).toMatchObject({ kind: 'unknown' });
    expect(await make({}, AbortSignal.abort())).toMatchObject({ kind: 'unknown' });
  });

  test('takes as long as it was told to', async () => {
    const startedAt = performance.now();
    await createSampleImages({ delayMs: 120 }).make(request, { signal: new AbortController().signal });
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(115);
  });

  test('of a standard square takes well under a second of one core', async () => {
    const before = process.cpuUsage();
    await make({ size: '1024x1024' });
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1000).toBeLessThan(1000);
  });
});

describe('the strip below a sketch', () => {
  const font = loadFont();
  const draw = (prompt: string) => drawPicture({ prompt, width: 256, height: 256, detail: 0, variation: 0 }, font);
  const texts = (svg: string) => [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map((match) => match[1]);

  test('says that it is a sample, and of what', () => {
    expect(texts(draw('a fox'))).toEqual(['a fox', 'Inkwell sample · sketch']);
  });

  test('shows markup as what somebody typed', () => {
    const svg = draw('</text><script>alert("1")</script> & <!ENTITY x>');
    expect(svg).not.toMatch(/<script|<!ENTITY/);
    expect(texts(svg).join(' ')).toContain('&lt;script&gt;alert(&quot;1&quot;)');
  });

  test('has a title when the font can draw nothing of the prompt', () => {
    expect(texts(draw('🫖 日本 بحر'))).toEqual(['Untitled', 'Inkwell sample · sketch']);
  });

  test('is text in the picture, not only in its source', async () => {
    const [one, other] = [await bytesOf({ prompt: 'sea aa' }), await bytesOf({ prompt: 'sea  aa' })];
    expect(Buffer.compare(one, other)).not.toBe(0);
  });

  test(`is drawn whatever the prompt is (seed ${SEED})`, async () => {
    const anything = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 400 }),
      fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units)),
      fc.string({
        unit: fc.constantFrom('<', '&', '"', "'", ']]>', '\u202e', '\u0000', '\ud800', 'a', ' '),
        maxLength: 80,
      }),
    );
    await fc.assert(
      fc.asyncProperty(anything, fc.nat(9), async (prompt, variation) => {
        expect(await make({ prompt, variation, size: '64x64', quality: 'draft' })).toMatchObject({
          kind: expect.any(String),
        });
      }),
      { seed: SEED, numRuns: isLong ? 150 : 15 },
    );
  });
});

describe('the font', () => {
  test('has to be there, and says so before the first picture', () => {
    expect(() => loadFont('/nowhere/Inter.ttf')).toThrow('The font /nowhere/Inter.ttf cannot be read');
  });

  test('knows its characters and their widths', () => {
    const font = loadFont();
    expect(['a', 'é', 'Ж', 'ß', '…', '€'].every(font.has)).toBe(true);
    expect(['日', '🫖', 'ب', '\u202e', '\ud800'].some(font.has)).toBe(false);
    expect(font.widthOf('MMMM')).toBeGreaterThan(2 * font.widthOf('iiii'));
    expect(font.widthOf('')).toBe(0);
  });
});
