import type { Policy, Pricing } from '../policy.ts';
import type { Role } from '../roles.ts';
import type { Calendar } from '../usage/windows.ts';

/** Commands about the workspace as a whole. */

export type OpenWorkspace = {
  kind: 'open_workspace';
  ownerId: string;
  timeZone: string;
  weekStartsOn: number;
  creditValueMicroUsd: number;
  markupBasisPoints: number;
  defaultRole: Role;
};

/** One part of how the workspace is run. */
export type SetPolicy = { kind: 'set_policy'; policy: PolicyChange };
export type PolicyChange = OneOf<Policy> | SettingChange;
/** Of the calendar, from the end of each running window on; of prices, from the next request on. */
export type SettingChange = OneOf<Calendar & Pricing>;
type OneOf<All> = { [Name in keyof All]: { name: Name; value: All[Name] } }[keyof All];

export type WorkspaceKinds = {
  workspace_opened: { from: OpenWorkspace };
  policy_set: { from: SetPolicy; setting: true };
};
