import type { AlertsKinds } from './alerts.ts';
import type { ApprovalsKinds } from './approvals.ts';
import type { ClientsKinds } from './clients.ts';
import type { ClockKinds } from './clock.ts';
import type { HoldsKinds } from './holds.ts';
import type { ImagesKinds } from './images.ts';
import type { LimitsKinds } from './limits.ts';
import type { PeopleKinds } from './people.ts';
import type { ProjectsKinds } from './projects.ts';
import type { SpendingKinds } from './spending.ts';
import type { WorkspaceKinds } from './workspace.ts';

export * from './alerts.ts';
export * from './approvals.ts';
export * from './clients.ts';
export * from './clock.ts';
export * from './holds.ts';
export * from './images.ts';
export * from './limits.ts';
export * from './people.ts';
export * from './projects.ts';
export * from './spending.ts';
export * from './workspace.ts';

/** The product itself as a command's `by`: the sweeper, the first sight of a person. See `principal.ts`. */
export const INKWELL = 'inkwell';

/**
 * Something that a principal wants. The sender chooses the id, so that asking twice is answered once;
 * everything else is the content that must be the same the second time.
 */
export type Command = { commandId: string; by: string } & CommandBody;

/** A command of one kind. */
export type Of<Kind extends CommandBody['kind']> = Command & { kind: Kind };

/**
 * Every kind of line that states a deed. `from`: the command that it comes from. `states`: what it states, where that is
 * not the command word for word. `setting`: the command may ask for what is so already.
 */
export type DeedKinds = WorkspaceKinds &
  PeopleKinds &
  ClientsKinds &
  ProjectsKinds &
  LimitsKinds &
  HoldsKinds &
  ImagesKinds &
  ApprovalsKinds &
  SpendingKinds &
  ClockKinds &
  AlertsKinds;

/** The command that a kind of line comes from. */
export type From<Kind extends keyof DeedKinds> = {
  [Each in Kind]: DeedKinds[Each] extends { from: infer Body extends { kind: string } } ? Body : never;
}[Kind];
export type CommandBody = From<keyof DeedKinds>;

/** What a line of a kind states. */
export type DeedOf<Kind extends keyof DeedKinds> = {
  [Each in Kind]: { kind: Each } & (DeedKinds[Each] extends { states: infer States }
    ? States
    : Omit<From<Each>, 'kind'>);
}[Kind];
/** The fact that an accepted command became. */
export type Deed = DeedOf<keyof DeedKinds>;

/** What can be asked for where it is so already. */
export type AlreadySo = DeedOf<
  { [Kind in keyof DeedKinds]: DeedKinds[Kind] extends { setting: true } ? Kind : never }[keyof DeedKinds]
>;
