import { may } from '../../ledger/rights/rights.ts';
import type { AppContext } from '../context.ts';
import { namesOf, plainly } from './show-people.ts';
import { peopleSeenBy } from './who-is-seen.ts';

/** `exactly`: the people who are called just so; `inPart`: those with a name of several words, one of which it is. */
export type PeopleNamed = { exactly: readonly string[]; inPart: readonly string[] };

/** The people called so that a reader may see; removed ones are left out. */
export async function peopleNamed(
  context: AppContext,
  { by, typed }: { by: string; typed: string },
): Promise<PeopleNamed> {
  const state = context.book.now();
  const names = may(state, by, 'see_people') ? await namesOf(context) : null;
  if (names === null) return { exactly: [], inPart: [] };
  const at = Math.max(context.clock.now(), state.lastAt);
  const word = plainly(typed);
  const known = peopleSeenBy(state, by, at)
    .filter(({ member }) => member.status !== 'removed')
    .map(({ member: { memberId } }) => ({ memberId, name: plainly(names.get(memberId) ?? '') }));
  const ids = (all: typeof known) => all.map(({ memberId }) => memberId);
  return {
    exactly: ids(known.filter(({ name }) => name === word)),
    inPart: ids(known.filter(({ name }) => name !== word && name.split(/\s+/).includes(word))),
  };
}
