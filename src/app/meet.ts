import { INKWELL, type Wish } from '../ledger/commands.ts';
import type { Member, Role, Settings } from '../ledger/state.ts';
import { BookFault } from './book.ts';
import { PeopleFault, type Person } from './ports.ts';
import type { World } from './world.ts';

/**
 * The member a person is. At first sight they are written down: full members of the workspace with the role that owners
 * chose for them, guests and people of other organisations as viewers. Whoever has become a guest since, and was not given
 * their role by an owner, is a viewer from now on; whoever was deactivated in any case. Null for bots and for the gone.
 */
export async function meet(world: World, userId: string): Promise<Member | null> {
  if (userId === INKWELL) throw new Error('nobody may act as the product itself');
  const { settings, members } = world.book.now();
  const known = members.get(userId);
  if (!settings) return known ?? null;
  const person = await lookAt(world, userId, known);
  if (known) return person && loses(known, person) ? await demote(world, known, person) : known;
  const role = person && firstRole(person, settings);
  if (!role) return null;
  await write(world, `meet/${userId}`, { kind: 'add_member', memberId: userId, role });
  return world.book.now().members.get(userId) ?? null;
}

/** Where Slack cannot be asked, who is known stays who they are: the ledger's own roles decide. */
async function lookAt({ people }: World, userId: string, known: Member | undefined): Promise<Person | null> {
  try {
    return await people.look(userId);
  } catch (error) {
    if (known && error instanceof PeopleFault) return null;
    throw error;
  }
}

function loses({ role, roleBy }: Member, { kind }: Person): boolean {
  if (role === 'viewer') return false;
  if (kind === 'deactivated') return true;
  return roleBy === INKWELL && (kind === 'guest' || kind === 'outsider');
}

async function demote(world: World, { memberId }: Member, { kind }: Person): Promise<Member | null> {
  const commandId = `${kind}/${memberId}/${world.book.now().seq}`;
  await write(world, commandId, { kind: 'set_role', memberId, role: 'viewer' });
  return kind === 'deactivated' ? null : (world.book.now().members.get(memberId) ?? null);
}

async function write({ book }: World, commandId: string, wish: Wish): Promise<void> {
  try {
    await book.submit({ commandId, by: INKWELL, ...wish });
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
export async function nameOf({ people }: World, userId: string): Promise<string> {
  try {
    return (await people.look(userId))?.name ?? userId;
  } catch (error) {
    if (error instanceof PeopleFault) return userId;
    throw error;
  }
}
