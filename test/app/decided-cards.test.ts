import { beforeEach, expect, test } from 'vitest';
import { recoverJobs } from '../../src/app/images/recover-jobs.ts';
import { imageInput } from '../support/image-input.ts';
import { bindChannel, requestImage } from '../support/verbs.ts';
import { CLIENT, createWorld, MARCUS, OLIVIA, openAgency, type TestWorld, UNBOUND } from '../support/world.ts';

/** The cards that ask whose a channel is say what was decided, all of them. */

const FAILED = { kind: 'failed', code: 'ratelimited' };
let world: TestWorld;

beforeEach(async () => {
  world = await createWorld();
  await openAgency(world);
  await requestImage(world, imageInput({ channelId: UNBOUND }));
  expect(decided()).toEqual([
    [MARCUS, null],
    [OLIVIA, null],
  ]);
});

const decided = () =>
  world.messenger.cards.flatMap(({ memberId, card }) =>
    card.kind === 'client_card' ? [[memberId, card.decided]] : [],
  );
const decide = (deliveryId: string, clientId: string | null) =>
  bindChannel(world, {
    ...{ deliveryId, by: OLIVIA, channelId: UNBOUND, ifUnbound: false },
    decision: clientId === null ? { kind: 'none' } : { kind: 'client', clientId },
  });

test.each([0, 1, 2, 5])('where %i drawings fail first', async (failures) => {
  world.messenger.answerNext('redrawCard', ...Array(failures).fill(FAILED));
  await decide('d1', CLIENT);
  for (let round = 0; round < 4; round += 1) await recoverJobs(world, { alone: true });
  const told = { clientName: 'Northwind Coffee' };
  expect(decided()).toEqual([
    [MARCUS, told],
    [OLIVIA, told],
  ]);
});

test('where it was decided by another program, or its process died', async () => {
  const command = { kind: 'bind_channel', channelId: UNBOUND, clientId: null, ifUnbound: false } as const;
  await world.book.submit({ commandId: 'elsewhere', by: OLIVIA, ...command });
  await recoverJobs(world, { alone: true });
  expect(decided().map(([, to]) => to)).toEqual([{ clientName: null }, { clientName: null }]);
});

test('once, and not in each round', async () => {
  await decide('d1', CLIENT);
  await decide('d2', null);
  let drawings = 0;
  const { redrawCard } = world.messenger;
  world.messenger.redrawCard = (...drawing) => {
    drawings += 1;
    return redrawCard(...drawing);
  };
  for (let round = 0; round < 4; round += 1) await recoverJobs(world, { alone: true });
  expect(drawings).toBeLessThanOrEqual(2);
});
