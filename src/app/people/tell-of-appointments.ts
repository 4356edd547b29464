import { membersIn } from '../../ledger/lists/member-lists.ts';
import type { AppContext } from '../context.ts';
import { withRight } from '../limits/limit-contacts.ts';
import { onceMarker, putOnceMarker } from '../once/once-markers.ts';
import { postCardTo } from '../once/post-card.ts';
import { postOnce } from '../once/post-once.ts';
import type { OwnerCard } from './owner-card-view.ts';
import { syncOwners } from './owners.ts';

/** What could not be told within this is no news any more. */
const NEWS_FOR_MS = 7 * 86_400_000;

/**
 * Every owner hears of an appointment, once, by direct message; so does who was appointed. It may have been written by
 * another program on this machine: the sweeper finds it. Owners who are gone in Slack lose the role first.
 */
export async function tellOfAppointments(context: AppContext): Promise<void> {
  const { members } = await context.book.read();
  const since = context.clock.now() - NEWS_FOR_MS;
  const owners = [...membersIn(members, 'present/owner'), ...membersIn(members, 'removed/owner')];
  for (const { memberId, appointed } of owners) {
    if (appointed && appointed.at > since) await tellOf(context, { memberId, ...appointed });
  }
}

async function tellOf(context: AppContext, appointed: Omit<OwnerCard, 'kind' | 'isReader'>): Promise<void> {
  const { memberId, at } = appointed;
  const key = `owner-appointed/${memberId}/${at}`;
  if ((await onceMarker(context, `${key}/done`)) !== null) return;
  await syncOwners(context, withRight(context.book.now(), 'set_role'));
  let isTold = true;
  for (const ownerId of withRight(context.book.now(), 'set_role')) {
    const card: OwnerCard = { kind: 'owner_card', isReader: ownerId === memberId, ...appointed };
    isTold =
      (await postOnce(context, `${key}/to/${ownerId}`, (onceKey) => postCardTo(context, ownerId, card, onceKey))) &&
      isTold;
  }
  if (isTold) await putOnceMarker(context, `${key}/done`, '');
}
