import { expect, test } from 'vitest';
import { grantCredits } from '../../src/app/limits/grant-credits.ts';
import { moveBudget } from '../../src/app/limits/move-budget.ts';
import { Verifier } from '../../src/ledger/verify/verifier.ts';
import { contentHash } from '../../src/ports/content-hash.ts';
import { setManages } from '../support/verbs.ts';
import { CLIENT, createWorld, MARCUS, OLIVIA, openAgency, WORKSPACE } from '../support/world.ts';

/** As a caller that spreads what it was sent. */
const stray = { requester: OLIVIA, at: 5, kind: 'void' };

test('what a caller passes besides an input reaches no line, and the ledger stays right', async () => {
  const world = await createWorld();
  await openAgency(world);
  const limit = { window: 'month', limitCredits: 50, over: 'refuse', rollOverMaxCredits: null } as const;
  const change = (n: number) => ({ commandId: `stray-${n}`, by: OLIVIA });
  await world.book.submit({ ...change(1), kind: 'create_client', clientId: 'mira', name: 'Mira' });
  await world.book.submit({ ...change(2), kind: 'set_limit', account: 'client:mira', ...limit });
  const [from, to] = [`client:${CLIENT}`, 'client:mira'] as const;
  const by = { by: OLIVIA, ...stray };

  const grant = { account: from, amountCredits: 5, untilDate: null, reason: 'A pitch' };
  expect(await grantCredits(world, { ...by, deliveryId: 'grant', ...grant })).toMatchObject({ ok: true });
  const move = { from, to, window: 'month' as const, amountCredits: 3 };
  expect(await moveBudget(world, { ...by, deliveryId: 'move', ...move })).toMatchObject({ ok: true });
  const manages = { clientIds: [CLIENT, 'mira'], teamIds: [], ...stray };
  expect(await setManages(world, { ...by, deliveryId: 'manages', memberId: MARCUS, manages })).toMatchObject({
    ok: true,
  });

  const verifier = new Verifier(WORKSPACE, contentHash);
  for (const line of await world.journal.read({ workspace: WORKSPACE, afterSeq: 0, linesMax: 100 })) verifier.add(line);
  expect(verifier.result()).toMatchObject({ ok: true });
});
