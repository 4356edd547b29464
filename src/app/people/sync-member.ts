import { BookFault } from '../../book/decide-batch.ts';
import { type CommandBody, INKWELL } from '../../ledger/commands/commands.ts';
import { isLastOwner } from '../../ledger/decide/members.ts';
import { principalOf } from '../../ledger/principal.ts';
import type { Role } from '../../ledger/roles.ts';
import type { Member, Settings } from '../../ledger/state.ts';
import { PeopleFault, type Person } from '../../ports/ports.ts';
import type { AppContext } from '../context.ts';

/**
 * The member a person is. At first sight they are written down: full members of the workspace with the role that owners
 * chose for them, guests and people of other organisations as viewers. A person who has become a guest since is a viewer from now
 * on, unless an owner gave them a role that guests may have; a deactivated person is removed, and only an owner brings
 * them back.
 * Null for bots and for the gone, and for an API key, which is no person in Slack.
 */
export async function syncMember(context: AppContext, userId: string): Promise<Member | null> {
  const { kind } = principalOf(userId);
  if (kind === 'system') throw new Error('nobody may act as the product itself');
  if (kind === 'api_key') return null;
  const { settings, members } = context.book.now();
  const known = members.get(userId);
  if (!settings) return known ?? null;
  const person = await lookAt(context, userId, known);
  if (known?.status === 'removed') return known;
  if (known && person?.kind === 'deactivated') return await remove(context, known);
  if (known) return person && loses(known, person) ? await demote(context, known, person) : known;
  const role = person && firstRole(person, settings);
  if (!role) return null;
  await write(context, `meet/${userId}`, { kind: 'add_member', memberId: userId, role });
  return context.book.now().members.get(userId) ?? null;
}

/** Where Slack cannot be asked, who is known stays who they are: the ledger's own roles decide. */
async function lookAt({ people }: AppContext, userId: string, known: Member | undefined): Promise<Person | null> {
  try {
    return await people.look(userId);
  } catch (error) {
    if (known && error instanceof PeopleFault) return null;
    throw error;
  }
}

/** A guest is never an owner, so an owner who becomes a guest loses the role. */
function loses({ role, roleBy }: Member, { kind }: Person): boolean {
  if (kind !== 'guest' && kind !== 'outsider') return false;
  return role === 'owner' || (role !== 'viewer' && roleBy === INKWELL);
}

/** The last owner stays in the books, where an owner always is; in Slack they can set nothing any more. */
function isLast(context: AppContext, { memberId }: Member, { kind }: Pick<Person, 'kind'>): boolean {
  if (!isLastOwner(context.book.now(), memberId)) return false;
  context.log.error(
    { memberId, kind },
    'the last owner left Slack, so no one can change settings. Appoint another: npm run owner -- U…, or set INKWELL_OWNER_ID and restart',
  );
  return true;
}

async function remove(context: AppContext, member: Member): Promise<null> {
  const { memberId } = member;
  const state = context.book.now();
  if (isLast(context, member, { kind: 'deactivated' })) return null;
  const command = { kind: 'remove_member', memberId, reason: 'Deactivated in Slack' } as const;
  await write(context, `deactivated/${memberId}/${state.seq}`, command);
  context.memberRemoved.announce(memberId);
  return null;
}

async function demote(context: AppContext, member: Member, { kind }: Person): Promise<Member | null> {
  const { memberId } = member;
  if (isLast(context, member, { kind })) return member;
  const commandId = `${kind}/${memberId}/${context.book.now().seq}`;
  await write(context, commandId, { kind: 'set_role', memberId, role: 'viewer' });
  return context.book.now().members.get(memberId) ?? null;
}

async function write({ book }: AppContext, commandId: string, command: CommandBody): Promise<void> {
  try {
    await book.submit({ commandId, by: INKWELL, ...command });
  } catch (error) {
    // Another process met the same person, as what they were a moment before: who they are stands in the journal now.
    if (!(error instanceof BookFault && error.code === 'id_reused')) throw error;
    await book.read();
  }
}

function firstRole(person: Person, { defaultRole }: Settings): Role | null {
  switch (person.kind) {
    case 'member':
      return defaultRole;
    case 'guest':
    case 'outsider':
      return 'viewer';
    case 'bot':
    case 'deactivated':
      return null;
  }
}

/** The name to use where a mention would not do; falls back to the id, because a name is never worth an error. */
export async function nameOf({ people }: AppContext, userId: string): Promise<string> {
  try {
    return (await people.look(userId))?.name ?? userId;
  } catch (error) {
    if (error instanceof PeopleFault) return userId;
    throw error;
  }
}
