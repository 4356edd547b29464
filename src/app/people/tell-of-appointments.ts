import { membersIn } from '../../ledger/lists/member-lists.ts';
import type { Member } from '../../ledger/state.ts';
import type { World } from '../context.ts';
import { withRight } from '../limits/limit-contacts.ts';
import { lastingMark, putLastingMark } from '../once/once-markers.ts';
import { postOnce } from '../once/post-once.ts';
import { meetOwners } from './owners.ts';

/** What owners are told when one of them was made an owner from outside Slack. */
export type OwnerCard = { kind: 'owner_card'; memberId: string; isReader: boolean } & NonNullable<Member['appointed']>;

/** What could not be told within this is no news any more. */
const NEWS_FOR_MS = 7 * 86_400_000;

/**
 * Every owner hears of an appointment, once, by direct message; so does who was appointed. It may have been written by
 * another program on this machine: the sweeper finds it. Owners who are gone in Slack lose the role first.
 */
export async function tellOfAppointments(world: World): Promise<void> {
  const { members } = await world.book.read();
  const since = world.clock.now() - NEWS_FOR_MS;
  const owners = [...membersIn(members, 'present/owner'), ...membersIn(members, 'removed/owner')];
  for (const { memberId, appointed } of owners) {
    if (appointed && appointed.at > since) await tellOf(world, { memberId, ...appointed });
  }
}

async function tellOf(world: World, appointed: Omit<OwnerCard, 'kind' | 'isReader'>): Promise<void> {
  const { memberId, at } = appointed;
  const key = `owner-appointed/${memberId}/${at}`;
  if ((await lastingMark(world, `${key}/done`)) !== null) return;
  await meetOwners(world, withRight(world.book.now(), 'set_role'));
  let isTold = true;
  for (const ownerId of withRight(world.book.now(), 'set_role')) {
    const card: OwnerCard = { kind: 'owner_card', isReader: ownerId === memberId, ...appointed };
    isTold = (await postOnce(world, `${key}/to/${ownerId}`, () => world.messenger.postCard(ownerId, card))) && isTold;
  }
  if (isTold) await putLastingMark(world, `${key}/done`, '');
}
