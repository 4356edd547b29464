import { type AccountId, clientAccount, projectAccount } from '../../ledger/accounts.ts';
import type { AlertChoice } from '../../ledger/alert-choices.ts';
import { limitAction, may } from '../../ledger/rights/rights.ts';
import type { State } from '../../ledger/state.ts';
import type { UseFinding } from '../../reports/alerts/use-alerts.ts';
import { type AccountLabel, labelOf } from '../limits/account-label.ts';

/** What those who are responsible read of use that is far out of what is usual. */
export type UseAlertCard = {
  kind: 'use_alert';
  /** When it was drawn. */
  at: number;
  label: AccountLabel;
  finding: UseFinding;
  foundAt: number;
  /** The name of the project or client that explains it. Null where its reader may not know that name. */
  causeName: string | null;
  expected: AlertChoice | null;
  muted: AlertChoice | null;
  may: { raise: boolean; expect: boolean };
};

/** What was found of one account on one day, as it was told. */
export type UseState = { at: number; finding: UseFinding };

type Drawn = { account: AccountId; told: UseState; memberId: string; at: number };

export function useAlertCard(state: State, { account, told, memberId, at }: Drawn): UseAlertCard {
  const { finding } = told;
  const chosen = state.alerts.get(account);
  return {
    kind: 'use_alert',
    at,
    label: labelOf(state, account),
    ...causeFor(state, memberId, finding),
    foundAt: told.at,
    expected: isExpected(state, account, told, at) ? (chosen?.expected ?? null) : null,
    muted: chosen?.muted && chosen.muted.untilAt > at ? chosen.muted : null,
    may: {
      raise: may(state, memberId, limitAction(account), { account, at }),
      expect: may(state, memberId, 'expect_use', { account, at }),
    },
  };
}

/** Without the cause where it is a client, or a project of one, whose figures the reader may not see. */
function causeFor(state: State, memberId: string, finding: UseFinding): Pick<UseAlertCard, 'finding' | 'causeName'> {
  const { by, value = '' } = finding.cause ?? {};
  if (by !== 'project' && by !== 'client') return { finding, causeName: null };
  const account = by === 'client' ? clientAccount(value) : projectAccount(value);
  if (!may(state, memberId, 'see_figures', { account }))
    return { finding: { ...finding, cause: null }, causeName: null };
  const named = by === 'client' ? state.clients.get(value) : state.projects.get(value);
  return { finding, causeName: named?.name ?? null };
}

/** Whether a person has said so of this very use, or of more. */
export function isExpected({ alerts }: State, account: AccountId, { finding }: UseState, at: number): boolean {
  const expected = alerts.get(account)?.expected;
  return !!expected && expected.untilAt > at && expected.hourMaxCredits >= finding.hourMaxCredits;
}
