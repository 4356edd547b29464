import type { KnownBlock } from '@slack/types';
import type { StandingAlert } from '../../app/home/overview-view.ts';
import { number } from '../../words/figures.ts';
import { context, type Inline, richLines, title } from '../kit/parts.ts';
import { burnLines, headOf, leftLine, limitAlertButtons, mutedLine } from './limit-alert.ts';
import { foundLines, useAlertButtons } from './use-alert.ts';

/** The rest is in messages of their own. */
const ALERTS_MAX = 4;

/** Alerts that stand, each with what can be done about it. Figures stand in the list of clients. */
export function alertsBlocks(alerts: readonly StandingAlert[]): KnownBlock[] {
  if (alerts.length === 0) return [];
  const more = alerts.length - ALERTS_MAX;
  return [
    title(`Alerts · ${number(alerts.length)}`),
    ...alerts.slice(0, ALERTS_MAX).flatMap(alertBlocks),
    ...(more > 0 ? [context(`${number(more)} more are in direct messages from Inkwell.`)] : []),
  ];
}

function alertBlocks(alert: StandingAlert): KnownBlock[] {
  switch (alert.kind) {
    case 'limit_alert': {
      const { burn, left } = alert.now;
      const lines: Inline[][] = [
        headOf(alert),
        ...(burn ? burnLines(burn) : []),
        ...(left ? [leftLine(left)] : []),
        ...(alert.muted ? [mutedLine(alert.muted)] : []),
      ];
      return [richLines(...lines), ...limitAlertButtons(alert)];
    }
    case 'use_alert':
      return [
        richLines(...foundLines(alert), ...(alert.muted ? [mutedLine(alert.muted)] : [])),
        ...useAlertButtons(alert),
      ];
  }
}
