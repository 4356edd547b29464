import { activeWith } from '../../ledger/lists/member-lists.ts';
import type { State } from '../../ledger/state.ts';
import { describe } from '../../ports/describe-error.ts';
import { PeopleFault, type Person } from '../../ports/ports.ts';
import { withTimeout } from '../../ports/with-timeout.ts';
import type { AppContext } from '../context.ts';
import { syncMember } from './sync-member.ts';

/** Each is a question to Slack, and a start waits for the answers. */
const OWNERS_ASKED_MAX = 20;
const ASKED_WITHIN_MS = 15_000;

/** Whether a Slack id may own the agency. `unfit`: Slack says no. `unasked`: Slack did not answer. */
export type LookedUp =
  /** `memberId`: as Slack calls them; of an Enterprise Grid it may differ from what was asked for. */
  { kind: 'fit'; memberId: string } | { kind: 'unfit'; problem: string } | { kind: 'unasked'; problem: string };

/** `named`: how the sentence calls the id, such as `INKWELL_OWNER_ID=U1`. */
export async function lookUpOwner(
  { people }: Pick<AppContext, 'people'>,
  ownerId: string,
  named: string,
): Promise<LookedUp> {
  try {
    const person = await people.look(ownerId);
    if (person?.kind === 'member') return { kind: 'fit', memberId: person.userId };
    return { kind: 'unfit', problem: `${named} ${UNFIT[person?.kind ?? 'unknown']}` };
  } catch (error) {
    if (!(error instanceof PeopleFault)) throw error;
    const problem = `Slack could not be asked about ${named} (${error.message}). Check the network, Slack’s status and the app’s scope users:read, then try again.`;
    return { kind: 'unasked', problem };
  }
}

const NAME_ANOTHER = 'Name a full member of the workspace instead (profile → ⋮ → Copy member ID).';

const UNFIT: Readonly<Record<Exclude<Person['kind'], 'member'> | 'unknown', string>> = {
  unknown: `is not known in the workspace that SLACK_BOT_TOKEN belongs to. ${NAME_ANOTHER}`,
  deactivated: `is deactivated in Slack. ${NAME_ANOTHER}`,
  bot: `is an app, not a person. ${NAME_ANOTHER}`,
  guest: `is a guest, and guests cannot own Inkwell. ${NAME_ANOTHER}`,
  outsider: `belongs to another workspace or organization. ${NAME_ANOTHER}`,
};

export type OwnersFound = {
  living: readonly string[];
  gone: readonly string[];
  /** Slack did not answer about them in time, or there were too many to ask about all. */
  unasked: readonly string[];
};

/** The ledger's owners, by what Slack says of them now: only a full member of the workspace can set anything. */
export async function findOwners(context: Pick<AppContext, 'people' | 'clock'>, state: State): Promise<OwnersFound> {
  const owners = ownersIn(state);
  const kinds = new Map<string, LookedUp['kind']>();
  const ask = async (ownerId: string) => void kinds.set(ownerId, (await lookUpOwner(context, ownerId, ownerId)).kind);
  const work = Promise.all(owners.slice(0, OWNERS_ASKED_MAX).map(ask));
  await withTimeout(context.clock, { ms: ASKED_WITHIN_MS, work, late: () => undefined });
  const of = (kind: LookedUp['kind']) => owners.filter((ownerId) => (kinds.get(ownerId) ?? 'unasked') === kind);
  return { living: of('fit'), gone: of('unfit'), unasked: of('unasked') };
}

/** The longest-standing first. */
const ownersIn = (state: State): string[] => activeWith(state, 'owner').map(({ memberId }) => memberId);

/**
 * Before an owner goes: the others are looked at, and those who are gone in Slack lose the role by a line. The ledger then
 * knows who the last one is. Where Slack does not answer, they stay owners.
 */
export async function syncOtherOwners(context: AppContext, leavingId: string): Promise<void> {
  const owners = ownersIn(context.book.now());
  if (!owners.includes(leavingId)) return;
  await syncOwners(
    context,
    owners.filter((ownerId) => ownerId !== leavingId),
  );
}

/** An error about one of them does not keep the others from being looked at. */
export async function syncOwners(context: AppContext, ownerIds: readonly string[]): Promise<void> {
  for (const ownerId of ownerIds.slice(0, OWNERS_ASKED_MAX)) {
    await syncMember(context, ownerId).catch((error: unknown) =>
      context.log.warn({ ownerId, error: describe(error) }, 'could not look up an owner in Slack'),
    );
  }
}
