import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { clientDigestMessage, notPostedMessage } from '../../../src/slack/digest/client-digest.ts';
import { clientBudget, clientDigestCard, keptImage } from '../digest-views.ts';
import { expectSafe, NASTY, seen } from './promises.ts';

const BLOCKS_MAX = 4;

describe('a client’s digest, as people see it', () => {
  test.each(NASTY)('holds the promises with a client and a prompt called %j', (name) => {
    const kept = [keptImage(0, { prompt: name }), keptImage(1, { prompt: name, imagesCount: 4, imageNo: 3 })];
    expectSafe(clientDigestMessage(clientDigestCard(2, { clientName: name, kept })));
    expectSafe(notPostedMessage({ kind: 'digest_not_posted', at: 0, channelId: 'C1', clientName: name, code: name }));
  });

  test.each([
    [clientBudget(), '12 credits used this month, 8 left, resets December 1.'],
    [clientBudget({ heldCredits: 3 }), '12 credits used and 3 on hold this month, 8 left, resets December 1.'],
    [clientBudget({ window: 'total', resetsOn: null }), '12 credits used in total, 8 left.'],
    [clientBudget({ window: 'year', resetsOn: '2027-01-01' }), 'used this year, 8 left, resets January 1.'],
    [clientBudget({ less: { window: 'day', leftCredits: 1 } }), 'resets December 1. 1 credit left today.'],
    [clientBudget({ less: { window: 'week', leftCredits: 0 } }), 'resets December 1. No credits left this week.'],
  ])('says what is left: %#', (budget, sentence) => {
    expect(seen(clientDigestMessage(clientDigestCard(0, { budget })))).toContain(sentence);
  });

  test.each([
    [{ imagesCount: 1, keptCount: 0 }, '1 image made here, none kept.'],
    [{ imagesCount: 1_200, keptCount: 1 }, '1,200 images made here, 1 kept.'],
  ])('says what was made: %#', (counts, sentence) => {
    expect(seen(clientDigestMessage(clientDigestCard(0, counts)))).toContain(sentence);
  });

  test('says nothing of a budget where there is none', () => {
    expect(seen(clientDigestMessage(clientDigestCard(0, { budget: null })))).not.toMatch(/credit|Northwind/);
  });

  test('shows at most ten images, and never one that leads nowhere', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { maxLength: 40 }), (links) => {
        const kept = links.map((isLinked, index) => keptImage(index, isLinked ? {} : { url: null }));
        const message = clientDigestMessage(clientDigestCard(0, { kept, keptCount: kept.length }));
        const sheet = message.blocks.find(({ type }) => type === 'carousel');
        const shownCount = sheet && 'elements' in sheet ? sheet.elements.length : 0;
        expect(shownCount).toBe(Math.min(10, links.filter((isLinked) => isLinked).length));
        expect(message.blocks.length).toBeLessThanOrEqual(BLOCKS_MAX);
        expectSafe(message);
      }),
      { numRuns: 50 },
    );
  });
});
