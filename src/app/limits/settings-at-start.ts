import type { OpenWorkspace } from '../../ledger/commands/commands.ts';
import type { AppContext } from '../context.ts';

/** What the environment says of the workspace; only what it really says, and no defaults. */
export type SettingsSaid = Partial<Omit<OpenWorkspace, 'kind' | 'ownerId'>>;

const VARIABLES: Readonly<Record<keyof SettingsSaid, string>> = {
  timeZone: 'TIME_ZONE',
  weekStartsOn: 'WEEK_STARTS_ON',
  creditValueMicroUsd: 'CREDIT_VALUE_MICRO_USD',
  markupBasisPoints: 'MARKUP_BASIS_POINTS',
  defaultRole: 'DEFAULT_ROLE',
};

/** The first start alone reads these variables. Where one says something else than the ledger by now, the log says so. */
export function warnOfSettings({ book, log }: Pick<AppContext, 'book' | 'log'>, said: SettingsSaid): void {
  const { settings } = book.now();
  if (!settings) return;
  for (const name of Object.keys(VARIABLES) as (keyof SettingsSaid)[]) {
    const value = said[name];
    if (value === undefined || value === settings[name]) continue;
    log.warn(
      { variable: VARIABLES[name], value, inForce: settings[name] },
      `${VARIABLES[name]}=${value} is not used: the ledger says ${settings[name]}. An owner changes it in Home → Limits, or make the variable say the same`,
    );
  }
}
