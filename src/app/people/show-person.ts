import { clientAccount, memberAccount } from '../../ledger/accounts.ts';
import { isLastOwner } from '../../ledger/decide/members.ts';
import { checkResume } from '../../ledger/decide/status.ts';
import type { Line } from '../../ledger/lines.ts';
import { clientsByName } from '../../ledger/lists/client-lists.ts';
import { openRequestsOf } from '../../ledger/requests.ts';
import type { Action } from '../../ledger/rights/actions.ts';
import { may } from '../../ledger/rights/rights.ts';
import type { Member, State } from '../../ledger/state.ts';
import { holdsOf } from '../../ledger/usage/usage.ts';
import type { AppContext } from '../context.ts';
import { lazyRows } from '../lazy-rows.ts';
import type { Named, PersonView } from './people-view.ts';
import { personRow } from './show-people.ts';
import { seenBy } from './who-is-seen.ts';

/** One person in full, with all that the reader may do about them. Null where the reader may not see them. */
export async function showPerson(
  context: AppContext,
  { by, memberId, withSetBy = false }: { by: string; memberId: string; withSetBy?: boolean },
): Promise<PersonView | null> {
  const state = await context.book.read();
  if ((await context.channels.audience(null, by)) !== 'internal') return null;
  const at = Math.max(context.clock.now(), state.lastAt);
  const member = state.members.get(memberId);
  const seen = member && seenBy(state, by, at)(member);
  if (!seen) return null;
  const { roleBy, statusBy, statusAt } = member;
  const isSeen = ({ clientId }: { clientId: string }) =>
    seen.figures === 'all' || may(state, by, 'see_figures', { account: clientAccount(clientId) });
  return {
    ...personRow(state, seen, { by, at }),
    ...{ roleBy, statusBy, statusAt },
    ...(withSetBy ? { setBy: await whoSet(context, memberId) } : {}),
    may: mayAbout(state, by, member),
    allTeams: may(state, by, 'set_teams') ? all(state.teams.map(({ teamId: id, name }) => ({ id, name }))) : [],
    allClients: may(state, by, 'set_manages') ? allClients(state) : [],
    isLastOwner: isLastOwner(state, memberId),
    openImagesCount: holdsOf(state, memberId).filter(isSeen).length,
    openRequestsCount: openRequestsOf(state.requests, memberId).filter(isSeen).length,
  };
}

/** What the ledger would say, so that nothing is offered that it would refuse. */
function mayAbout(state: State, by: string, member: Member): PersonView['may'] {
  const { memberId, status } = member;
  const account = memberAccount(memberId);
  const can = (action: Action) => may(state, by, action, { account });
  const stays = isLastOwner(state, memberId);
  return {
    setRole: can('set_role') && status !== 'removed',
    setTeams: can('set_teams') && status !== 'removed',
    setManages: can('set_manages') && status !== 'removed',
    suspend: can('suspend_member') && status === 'active' && !stays,
    resume: can('resume_member') && status === 'suspended' && checkResume(state, by, memberId) === null,
    remove: can('remove_member') && status !== 'removed' && !stays,
    bringBack: can('bring_back_member') && status === 'removed',
    limit: can('set_people_limit') && status !== 'removed',
    rule: can('set_rule') && status !== 'removed',
  };
}

const all = (of: { values(): Iterable<Named> }): Named[] =>
  [...of.values()].sort((a, b) => a.name.localeCompare(b.name));

const allClients = ({ clients }: State): readonly Named[] =>
  lazyRows(clientsByName(clients), (id) => ({ id, name: clients.get(id)?.name ?? id }));

/** No form stays open for longer. */
const LINES_MAX = 256;

/** The last changes of a person's teams and of what they look after. */
async function whoSet({ book }: AppContext, memberId: string): Promise<NonNullable<PersonView['setBy']>> {
  const toAt = book.now().lastAt + 1;
  const lines = await book.history({ account: memberAccount(memberId), fromAt: 0, toAt, linesMax: LINES_MAX });
  const last = (kind: Line['kind']) => lines.find((line) => line.kind === kind)?.by ?? null;
  return { teams: last('teams_set'), manages: last('manages_set') };
}
