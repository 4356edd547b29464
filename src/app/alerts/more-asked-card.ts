import type { Window } from '../../ledger/usage/windows.ts';
import type { AlertFigures } from '../../reports/alerts/limit-alerts.ts';
import type { AccountLabel } from '../limits/account-label.ts';

/** Tells an owner that a manager asks for more of a limit: how the limit stands, and the manager’s reason. */
export type MoreAskedCard = {
  kind: 'more_asked';
  at: number;
  by: string;
  /** As they wrote it. */
  reason: string;
  label: AccountLabel;
  window: Window;
  /** Null where the limit is gone by now. */
  figures: Omit<AlertFigures, 'resetsAt'> | null;
  may: { raise: boolean };
};
