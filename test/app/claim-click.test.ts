import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { claimClick } from '../../src/app/claim-click.ts';
import { repeatImage } from '../../src/app/repeat-image.ts';
import { requestImage } from '../../src/app/request-image.ts';
import { imageInput } from '../support/image-input.ts';
import { ANA, BEN, CHANNEL, createWorld, openAgency } from '../support/world.ts';

const by = (memberId: string) => ({ memberId, channelId: CHANNEL, threadTs: null, responseUrl: null });

/** Two processes on the same stores, in which an image was made. */
async function two() {
  const one = await createWorld();
  await openAgency(one);
  await requestImage(one, imageInput({ deliveryId: 'job-1', imagesCount: 1 }));
  const { journal, records, clock, messenger, maker } = one;
  const other = await createWorld({ journal, records, clock, messenger, maker, processId: 'p2' });
  return [one, other] as const;
}

describe('two clicks on Again', () => {
  // Each beginning lies somewhere else in the windows that clicks are claimed in, edges included.
  const begins = [0, 1, 100, 1_500, 2_800, 2_900, 2_999].map((ms) => 1_800_000_000_000 + ms);
  test.each([0, 50, 200, 500, 2_900, 2_999])(
    '%i ms apart are one, in two processes, in any order, and said',
    async (gap) => {
      for (const at of begins) {
        for (const isTurned of [false, true]) {
          const [one, other] = await two();
          const before = one.maker.requests.length;
          const clicks = [at, at + gap].map((clickedAt, index) => ({
            deliveryId: `click-${index}`,
            reader: by(ANA),
            jobId: 'job-1',
            clickedAt,
          }));
          if (isTurned) clicks.reverse();
          await Promise.all([repeatImage(one, clicks[0]!), repeatImage(other, clicks[1]!)]);
          expect(one.maker.requests.length - before).toBe(1);
          expect(one.messenger.told.map(({ note }) => note.kind)).toEqual(['already_asked']);
        }
      }
    },
  );

  test.each([3_000, 3_100, 60_000])('%i ms apart are two', async (gap) => {
    for (const at of begins) {
      const [one, other] = await two();
      const before = one.maker.requests.length;
      await repeatImage(one, { deliveryId: 'click-1', reader: by(ANA), jobId: 'job-1', clickedAt: at });
      await repeatImage(other, { deliveryId: 'click-2', reader: by(ANA), jobId: 'job-1', clickedAt: at + gap });
      expect(one.maker.requests.length - before).toBe(2);
    }
  });

  test('of two people are two; the same delivery again, in another process, is one', async () => {
    const [one, other] = await two();
    const before = one.maker.requests.length;
    const click = { deliveryId: 'click-1', reader: by(ANA), jobId: 'job-1', clickedAt: 1_800_000_002_950 };
    await repeatImage(one, click);
    await repeatImage(other, click);
    await repeatImage(other, { ...click, deliveryId: 'click-2', reader: by(BEN) });
    expect(one.maker.requests.length - before).toBe(2);
    expect(one.messenger.told).toEqual([]);
  });

  test('count as the first of them, however many there are and however they meet', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 2_999 }), { minLength: 2, maxLength: 6 }),
        fc.nat(6_000),
        async (gaps, begin) => {
          const [one, other] = [await createWorld(), await createWorld()];
          other.records = one.records;
          const ids = await Promise.all(
            gaps.map((gap, index) =>
              claimClick(index % 2 ? one : other, { by: ANA, button: 'b', at: begin + gap, deliveryId: `d${index}` }),
            ),
          );
          // Those that count as themselves: no two of them are less than three seconds apart.
          expect(ids.filter((id, index) => id === `d${index}`)).toHaveLength(1);
        },
      ),
      { numRuns: 60 },
    );
  });
});
