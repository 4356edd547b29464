import { expect, test } from 'vitest';
import { correctClock, tendClock } from '../../src/app/clock/correct-clock.ts';
import type { Audience } from '../../src/ports/ports.ts';
import { BEN, createWorld, OLIVIA, openAgency } from '../support/world.ts';

const DAY_MS = 86_400_000;

test.each([0, 1, 30])(
  'a corrected time is said on the card of every owner, where Slack can’t say who one is for %i minutes',
  async (minutes) => {
    const world = await createWorld();
    await openAgency(world);
    await world.book.submit({ commandId: 'ben', by: OLIVIA, kind: 'add_member', memberId: BEN, role: 'owner' });
    const rightAt = world.clock.now();
    world.clock.set(rightAt + 45 * DAY_MS);
    await world.book.submit({ commandId: 'ahead', by: OLIVIA, kind: 'create_client', clientId: 'mira', name: 'Mira' });
    world.clock.set(rightAt);
    await tendClock(world);
    const cards = () =>
      world.messenger.cards.flatMap(({ memberId, card }) =>
        card.kind === 'clock_card' ? [`${memberId} ${card.clock.kind}`] : [],
      );
    expect(cards().sort()).toEqual([`${BEN} ledger`, `${OLIVIA} ledger`]);

    const unsure = new Set(minutes > 0 ? [BEN] : []);
    world.channels.audience = async (_, readerId): Promise<Audience> => (unsure.has(readerId) ? 'unsure' : 'internal');
    const { lastAt: wrongAt } = world.book.now();
    expect(await correctClock(world, { deliveryId: 'yes', by: OLIVIA, wrongAt })).toEqual({ ok: true });
    for (let minute = 0; minute < minutes; minute += 1) {
      await world.clock.advance(60_000);
      await tendClock(world);
    }
    unsure.clear();
    await tendClock(world);
    expect(cards().sort()).toEqual([`${BEN} corrected`, `${OLIVIA} corrected`]);
  },
);
