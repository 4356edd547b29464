import type { AlertFigures, LimitAlert } from '../../reports/alerts/limit-alerts.ts';
import type { Burn } from '../../reports/alerts/outlook.ts';
import type { LeftOver } from '../../reports/budgets/ending.ts';

/** How one account stands in one window, as its alert says it. Each change has a number and is recorded once. */
export type AlertState = {
  at: number;
  percent: number | null;
  burn: Burn | null;
  left: LeftOver | null;
  /** The window has ended: nothing changes any more. */
  isOver: boolean;
  figures: AlertFigures;
};

const DAY_MS = 86_400_000;

export const isStanding = ({ percent, burn, left, isOver }: AlertState): boolean =>
  !isOver && (percent !== null || burn !== null || left !== null);

/**
 * Returns the next state, or null where nothing changed that people should hear of. `found`: null where the limit is gone. A
 * forecast that is unsure changes nothing, so that a figure near the edge does not redraw the message each round.
 */
export function nextState(
  before: AlertState | null,
  found: LimitAlert | null,
  { at, isOver }: { at: number; isOver: boolean },
): AlertState | null {
  if (isOver) return before && !before.isOver ? { ...before, at, isOver } : null;
  if (!found) return before && isStanding(before) ? { ...before, at, percent: null, burn: null, left: null } : null;
  const { percent, outlook, figures } = found;
  const next: AlertState = {
    at,
    percent,
    burn: burnAfter(before, outlook),
    left: leftAfter(before, outlook),
    isOver,
    figures,
  };
  if (!before) return isStanding(next) ? next : null;
  const isSame = percent === before.percent && isSameBurn(next, before) && !next.left === !before.left;
  return isSame ? null : next;
}

function burnAfter(before: AlertState | null, outlook: LimitAlert['outlook']): Burn | null {
  switch (outlook?.kind) {
    case 'burning':
      return outlook.burn;
    case 'enough':
    case 'left_over':
      return null;
    case 'unsure':
    case undefined:
      return before?.burn ?? null;
  }
}

/** Stays, once it was said, until the credits are used or the window ends. */
const leftAfter = (before: AlertState | null, outlook: LimitAlert['outlook']): LeftOver | null =>
  outlook?.kind === 'left_over' ? outlook.left : outlook?.kind === 'burning' ? null : (before?.left ?? null);

/** A day’s difference is drawn; less would draw the same message again and again. */
const isSameBurn = ({ burn }: AlertState, before: AlertState): boolean =>
  burn === null || before.burn === null
    ? burn === before.burn
    : Math.abs(burn.runsOutAt - before.burn.runsOutAt) < DAY_MS;
