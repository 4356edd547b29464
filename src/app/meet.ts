import { INKWELL } from '../ledger/commands.ts';
import type { Member, Role, Settings } from '../ledger/state.ts';
import { BookFault } from './book.ts';
import { PeopleFault, type Person } from './ports.ts';
import type { World } from './world.ts';

/**
 * The member a person is, written down at first sight: full members of the workspace with the role that owners chose for
 * them, guests and people of other organisations as viewers. Null for bots and for people whom Slack has deactivated.
 */
export async function meet({ book, people }: World, userId: string): Promise<Member | null> {
  const known = book.now().members.get(userId);
  const { settings } = book.now();
  if (known || !settings) return known ?? null;
  const person = await people.look(userId);
  const role = person && firstRole(person, settings);
  if (!role) return null;
  try {
    await book.submit({ commandId: `meet/${userId}`, by: INKWELL, kind: 'add_member', memberId: userId, role });
  } catch (error) {
    // Another process met the same person, as what they were a moment before: who they are stands in the journal now.
    if (!(error instanceof BookFault && error.code === 'id_reused')) throw error;
    await book.read();
  }
  return book.now().members.get(userId) ?? null;
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
