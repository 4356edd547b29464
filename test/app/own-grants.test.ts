import { beforeEach, describe, expect, test } from 'vitest';
import { createApp } from '../../src/app/app.ts';
import { availableModels } from '../../src/app/images/available-models.ts';
import type { AccountId } from '../../src/ledger/accounts.ts';
import type { CommandBody } from '../../src/ledger/commands/commands.ts';
import type { ExceededLimit } from '../../src/ledger/state.ts';
import { CHANNEL, CLIENT, createWorld, MARCUS, OLIVIA, openAgency, type TestWorld } from '../support/world.ts';

/** Extra credits that someone gave themselves as an owner, who is one no longer: the ledger lets them use none of these. */

let world: TestWorld;
let given = 0;
const give = async (by: string, body: CommandBody) => {
  given += 1;
  expect(await world.book.submit({ commandId: `own-${given}`, by, ...body })).toMatchObject({ ok: true });
};
beforeEach(async () => {
  world = await createWorld();
  await openAgency(world);
});

async function grantOneself(account: AccountId, role: 'owner' | 'creator') {
  const limit = { window: 'month', limitCredits: 10, over: 'refuse', rollOverMaxCredits: null } as const;
  await give(OLIVIA, { kind: 'set_limit', account, ...limit });
  await give(OLIVIA, { kind: 'set_role', memberId: MARCUS, role: 'owner' });
  const extra = { amountCredits: 50, expiresAt: null, reason: 'For me' };
  await give(MARCUS, { kind: 'grant', grantId: `g-${given}`, account, ...extra });
  if (role === 'creator') await give(OLIVIA, { kind: 'set_role', memberId: MARCUS, role });
}

/** What the form of an image says is left, where it needs far more. */
function inTheForm(account: AccountId): number | undefined {
  const menu = availableModels(world, { by: MARCUS, channelId: CHANNEL });
  const quote = menu.quote({ options: {}, imagesCount: 10, prompt: 'x' });
  if (!quote.ok) throw new Error('nothing is offered');
  const wanted = { threadId: null, projectId: null, imagesCount: 10, stage: 'concept' } as const;
  const foreseen = menu.foresee({ ...quote, eachCredits: 1_000 }, wanted);
  const exceeded: readonly ExceededLimit[] =
    foreseen?.kind === 'refused' && foreseen.refusal.reason === 'limit_exceeded' ? foreseen.refusal.exceeded : [];
  return exceeded.find((each) => each.account === account)?.availableCredits;
}

describe('extra credits that a person gave themselves', () => {
  test.each<[string, AccountId, 'owner' | 'creator', number]>([
    ['their own, as an owner', `member:${MARCUS}`, 'owner', 60],
    ['their own, as an owner no more', `member:${MARCUS}`, 'creator', 10],
    ['their own for a client, as an owner', `member:${MARCUS}@client:${CLIENT}`, 'owner', 60],
    ['their own for a client, as an owner no more', `member:${MARCUS}@client:${CLIENT}`, 'creator', 10],
  ])('are the same in the form, in /credits and in Home: %s', async (_, account, role, leftCredits) => {
    await grantOneself(account, role);
    const app = createApp(world);
    const place = { channelId: CHANNEL, threadId: null };
    const { own, ownInClient } = await app.showCredits({ by: MARCUS, place, from: 'channel' });
    const shown = account.includes('@') ? ownInClient : own;
    expect(shown?.standings.map(({ availableCredits }) => availableCredits)).toEqual([leftCredits]);
    expect(inTheForm(account)).toBe(leftCredits);
    const rows = await app.showHome({ by: OLIVIA, limits: { page: 0, find: '' } });
    const row = rows.limits?.rows.find((each) => each.account === account);
    if (row) expect(row.standings.map(({ availableCredits }) => availableCredits)).toEqual([leftCredits]);
    if (account.includes('@')) return;
    const person = await app.showPerson({ by: OLIVIA, memberId: MARCUS });
    expect(person?.standings.map(({ availableCredits }) => availableCredits)).toEqual([leftCredits]);
  });
});
