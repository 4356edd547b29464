import { expect, test } from 'vitest';
import { recoverJobs } from '../../src/app/images/recover-jobs.ts';
import { standings } from '../../src/ledger/usage/standings.ts';
import { imageInput } from '../support/image-input.ts';
import { requestImage } from '../support/verbs.ts';
import { ANA, CLIENT, createWorld, DONE, openAgency } from '../support/world.ts';

test('an outcome that stays unknown slips: the client gets the credits back, the message shows it, the agency bears it', async () => {
  const world = await createWorld({ providerNames: ['openai'] });
  await openAgency(world);
  world.maker.answerNext(DONE, { kind: 'unknown', detail: 'reset' });
  await requestImage(world, imageInput({ imagesCount: 2 }));
  const waiting = world.messenger.sheets[0]?.drawn?.job;
  expect(waiting).toMatchObject({ finished: false, images: [{ settled: { as: 'captured' } }, { settled: null }] });

  await world.clock.advance(60 * 60_000);
  await recoverJobs(world, { alone: true });
  const state = world.book.now();
  const left = standings(state, `client:${CLIENT}`, world.clock.now())[0]?.availableCredits;
  const [made, lost] = world.messenger.sheets[0]?.drawn?.job.images ?? [];
  expect(lost?.settled).toMatchObject({ as: 'slipped', credits: 0, clientLeftCredits: left });
  expect(left).toBe(100 - (made?.settled?.credits ?? 0));
  expect(state.use.get('agency')?.find(({ key }) => key === 'total')?.usedCredits).toBe(
    (made?.settled?.credits ?? 0) + (waiting?.eachCredits ?? 0),
  );
  expect([...state.slips.values()]).toMatchObject([
    { clientId: CLIENT, memberId: ANA, amountCredits: waiting?.eachCredits },
  ]);
});
