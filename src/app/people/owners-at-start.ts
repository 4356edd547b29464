import { INKWELL, type OpenWorkspace } from '../../ledger/commands/commands.ts';
import type { OwnerAppointedHow } from '../../ledger/roles.ts';
import type { AppContext } from '../context.ts';
import { openWorkspace } from './open-workspace.ts';
import { findOwners, lookUpOwner, syncOwners } from './owners.ts';

type Settings = Omit<OpenWorkspace, 'kind'>;

/** `said`: for the greeting. `problem`: one sentence, and nothing may start. */
export type OwnersSettled = { ok: true; said: readonly string[] } | { ok: false; problem: string };

/**
 * Opens the ledger at the first start, for an owner that Slack knows. At later starts it makes sure that an owner is left:
 * while one is, `INKWELL_OWNER_ID` appoints no one; with none, it appoints the one it names.
 */
export async function settleOwners(context: AppContext, settings: Settings): Promise<OwnersSettled> {
  const state = await context.book.read();
  if (state.settings) return await keepAnOwner(context, settings.ownerId);
  const found = await lookUpOwner(context, settings.ownerId, named(settings.ownerId));
  if (found.kind !== 'fit') return { ok: false, problem: found.problem };
  await openWorkspace(context, { ...settings, ownerId: found.memberId });
  return { ok: true, said: [] };
}

async function keepAnOwner(context: AppContext, ownerId: string): Promise<OwnersSettled> {
  const { living, gone, unasked } = await findOwners(context, context.book.now());
  const left = [...living, ...unasked];
  if (unasked.length > 0) context.log.warn({ unasked }, 'Slack did not say whether these owners are still members');
  if (left.length > 0) await syncOwners(context, gone);
  if (left.includes(ownerId)) return { ok: true, said: [] };
  const found = await lookUpOwner(context, ownerId, named(ownerId));
  if (left.length > 0) {
    if (found.kind !== 'fit' || !left.includes(found.memberId)) warn(context, { ownerId, left });
    return { ok: true, said: [] };
  }
  if (found.kind !== 'fit') return { ok: false, problem: `${found.problem} No owner is left in Slack.` };
  await appointOwner(context, { memberId: found.memberId, how: 'variable' });
  await syncOwners(context, gone);
  context.log.warn({ ownerId: found.memberId, gone }, 'no owner was left in Slack: INKWELL_OWNER_ID appointed one');
  return { ok: true, said: [`No owner was left in Slack. ${named(ownerId)} was made one.`] };
}

const warn = ({ log }: AppContext, { ownerId, left }: { ownerId: string; left: readonly string[] }) =>
  log.warn(
    { INKWELL_OWNER_ID: ownerId, owners: left },
    `INKWELL_OWNER_ID names someone who is not an owner, and appoints nobody while there are owners. They can make ${ownerId} one in Home, or you can: npm run owner -- ${ownerId}`,
  );

const named = (ownerId: string) => `INKWELL_OWNER_ID=${ownerId}`;

/** Makes a person an owner from outside Slack, by a line. `already`: they are one, and nothing is written. */
export async function appointOwner(
  { book }: Pick<AppContext, 'book'>,
  { memberId, how }: { memberId: string; how: OwnerAppointedHow },
): Promise<'appointed' | 'already'> {
  const { members, seq } = await book.read();
  const member = members.get(memberId);
  if (member?.role === 'owner' && member.status === 'active') return 'already';
  const commandId = `owner-appointed/${memberId}/${seq}`;
  const answer = await book.submit({ commandId, by: INKWELL, kind: 'appoint_owner', memberId, how });
  if (answer.ok) return 'appointed';
  // Another process did it a moment ago.
  if (book.now().members.get(memberId)?.role === 'owner') return 'already';
  throw new Error(`${memberId} could not be made an owner: ${JSON.stringify(answer.refusal)}`);
}
