import type { Role } from '../state.ts';
import type { ApprovalsCommand } from './approvals.ts';
import type { ClientsCommand } from './clients.ts';
import type { ClockCommand } from './clock.ts';
import type { HoldsCommand } from './holds.ts';
import type { LimitsCommand } from './limits.ts';
import type { PeopleCommand } from './people.ts';
import type { SpendingCommand } from './spending.ts';

export * from './approvals.ts';
export * from './clients.ts';
export * from './clock.ts';
export * from './holds.ts';
export * from './limits.ts';
export * from './people.ts';
export * from './spending.ts';

/** The product itself as a command's `by`: the sweeper, the first sight of a person. See `principal.ts`. */
export const INKWELL = 'inkwell';

/**
 * Something that a principal wants. The id is chosen by whoever asks, so that asking twice is answered once;
 * everything else is the content that must be the same the second time.
 */
export type Command = { commandId: string; by: string } & CommandBody;

/** A command of one kind. */
export type Of<Kind extends CommandBody['kind']> = Command & { kind: Kind };

export type CommandBody =
  | OpenWorkspace
  | PeopleCommand
  | ClientsCommand
  | LimitsCommand
  | HoldsCommand
  | ApprovalsCommand
  | SpendingCommand
  | ClockCommand;

export type OpenWorkspace = {
  kind: 'open_workspace';
  ownerId: string;
  timeZone: string;
  weekStartsOn: number;
  creditValueMicroUsd: number;
  markupBasisPoints: number;
  defaultRole: Role;
};
