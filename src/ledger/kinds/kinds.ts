import type { AccountId } from '../accounts.ts';
import { countRefused } from '../apply/holds.ts';
import type { CommandBody, DeedKinds } from '../commands/commands.ts';
import type { Facts } from '../lines.ts';
import { alertsKinds } from './alerts.ts';
import { approvalsKinds } from './approvals.ts';
import { type Check, listOf, text } from './check.ts';
import { clientsKinds } from './clients.ts';
import { holdsKinds } from './holds.ts';
import { imagesKinds } from './images.ts';
import { type AnyKind, type Entries, type FromCommand, type LineKind, NOTHING_WRONG } from './kind.ts';
import { limitsKinds } from './limits.ts';
import { peopleKinds } from './people.ts';
import { projectsKinds } from './projects.ts';
import { account } from './shapes.ts';
import { clockKinds, spendingKinds } from './spending.ts';
import { workspaceKinds } from './workspace.ts';

export const FAMILIES = {
  workspace: workspaceKinds,
  people: peopleKinds,
  clients: clientsKinds,
  projects: projectsKinds,
  limits: limitsKinds,
  holds: holdsKinds,
  images: imagesKinds,
  approvals: approvalsKinds,
  spending: spendingKinds,
  clock: clockKinds,
  alerts: alertsKinds,
};

const isCommandKind: Check = (value) => (BY_COMMAND.has(value as CommandBody['kind']) ? null : 'is no command');

/** Shown again and never decided on: its shape is the surface's business. */
const anyRefusal: Check = (value, isNew) => text((value as { reason?: unknown } | null)?.reason, isNew);

const refused: LineKind<'refused'> = {
  shape: {
    wish: isCommandKind,
    refusal: anyRefusal,
    accounts: listOf(account),
  },
  accounts: ({ accounts }) => accounts,
  apply: countRefused,
  invariant: NOTHING_WRONG,
};

/** Every kind of line there is. */
export const KINDS: Entries<DeedKinds> & { readonly refused: LineKind<'refused'> } = {
  ...workspaceKinds,
  ...peopleKinds,
  ...clientsKinds,
  ...projectsKinds,
  ...limitsKinds,
  ...holdsKinds,
  ...imagesKinds,
  ...approvalsKinds,
  ...spendingKinds,
  ...clockKinds,
  ...alertsKinds,
  refused,
};

const isFromCommand = (entry: AnyKind): entry is FromCommand => entry.command !== undefined;
const BY_COMMAND = new Map(
  Object.values<AnyKind>(KINDS)
    .filter(isFromCommand)
    .map((entry) => [entry.command, entry]),
);

/** The entry of a line's own kind. */
export const kindOf = ({ kind }: { kind: Facts['kind'] }): AnyKind => KINDS[kind];

/** The entry of what a command becomes. */
export function kindFrom({ kind }: { kind: CommandBody['kind'] }): FromCommand {
  const entry = BY_COMMAND.get(kind);
  if (!entry) throw new Error(`no line comes from ${kind}`);
  return entry;
}

/** Every account that a line touches: those it is found by, and whose balances it carries. */
export const touchedBy = (facts: Facts): readonly AccountId[] => kindOf(facts).accounts(facts);
