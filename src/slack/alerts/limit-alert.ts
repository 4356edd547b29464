import type { KnownBlock } from '@slack/types';
import { isStanding } from '../../app/alerts/alert-state.ts';
import type { LimitAlertCard } from '../../app/alerts/limit-alert-card.ts';
import type { Burn } from '../../reports/alerts/outlook.ts';
import type { LeftOver } from '../../reports/budgets/ending.ts';
import { accountParts, budgetOrLimit } from '../../words/accounts.ts';
import { limitSum } from '../../words/balances.ts';
import { bar } from '../../words/bars.ts';
import { credits, daysWords, list } from '../../words/figures.ts';
import { WINDOW_WORDS } from '../../words/windows.ts';
import { actor } from '../kit/actor.ts';
import { FIRST_PAGES, writeMetadata } from '../kit/home-metadata.ts';
import { ACTIONS } from '../kit/ids.ts';
import { type Message, message } from '../kit/message.ts';
import { actions, bold, button, confirmation, dateToken, dayToken, type Inline, name } from '../kit/parts.ts';

const DAY_MS = 86_400_000;
const QUALITIES_UNITS_MAX = 100;

/** For those who are responsible for an account: how far it is used up, whether it will last, and what they can do. */
export function limitAlertMessage(card: LimitAlertCard): Message {
  const { now, reached, muted } = card;
  const { burn, left, figures } = now;
  const resets: Inline[] = figures.resetsAt === null ? [] : [' Resets ', dayToken(figures.resetsAt), '.'];
  const standing: Inline[][] = now.isOver
    ? [[`${limitSum(figures)}`]]
    : [[`${bar(figures)}  ${limitSum(figures)}`, ...resets]];
  const lines = [
    [...headOf(card)],
    ...(isStanding(now) && burn ? burnLines(burn) : []),
    ...(isStanding(now) && left ? [leftLine(left)] : []),
    ...standing,
    ...(reached.length > 0 ? [reachedLine(reached)] : []),
    ...(card.cap ? [capLine(card.cap)] : []),
    ...(muted ? [mutedLine(muted)] : []),
  ];
  return message(lines, ...limitAlertButtons(card, { style: 'primary' }));
}

/** `Northwind Coffee’s monthly budget is 80% used`. */
export function headOf({ label, window, now }: LimitAlertCard): Inline[] {
  const what = `’s ${WINDOW_WORDS[window].adjective} ${budgetOrLimit(label.account)}`;
  const whose: Inline[] = [...accountParts(label), bold(what)];
  if (now.isOver) return [...whose, bold(' has ended.')];
  if (!isStanding(now)) return [bold('Resolved: '), ...accountParts(label, 'Inside'), bold(`${what} has room again.`)];
  if (now.percent !== null && now.percent >= 100) return [...whose, bold(' is used up.')];
  if (now.burn) return [...whose, bold(' is being used too fast.')];
  if (now.percent !== null) return [...whose, bold(` is ${now.percent}% used.`)];
  return [...whose, bold(' will be left over.')];
}

export function burnLines({ runsOutAt, range, endsAt, isDue, forecastCredits }: Burn): Inline[][] {
  const daysEarly = Math.max(0, Math.round((endsAt - runsOutAt) / DAY_MS));
  const early = `${daysWords(daysEarly)} before it ${isDue ? 'is due' : 'resets'}`;
  const said: Inline[] = [
    'At this pace it runs out ',
    dayToken(runsOutAt),
    `, ${early}. It would need ${credits(forecastCredits)} in all.`,
  ];
  if (!range) return [said];
  const to: Inline[] =
    range.toAt === null ? [' at the earliest; it may also last.'] : [' and ', dayToken(range.toAt), '.'];
  return [said, [range.toAt === null ? 'It may run out ' : 'Most likely between ', dayToken(range.fromAt), ...to]];
}

export const leftLine = ({ leftCredits, percent, endsAt }: LeftOver): Inline[] => [
  `At this pace at least ${credits(leftCredits)}, ${percent}%, will be left on `,
  dayToken(endsAt),
  '.',
];

const reachedLine = (reached: LimitAlertCard['reached']): Inline[] => [
  ...reached.flatMap(({ percent, at }, index): Inline[] => [
    `${index === 0 ? 'Reached ' : ', '}${percent}% on `,
    dayToken(at),
  ]),
  '.',
];

const capLine = ({ qualities, untilAt, by, clientName }: NonNullable<LimitAlertCard['cap']>): Inline[] => [
  'Only ',
  { kind: 'written', text: list(qualities), unitsMax: QUALITIES_UNITS_MAX },
  ' quality for ',
  name(clientName),
  ' until ',
  dateToken(untilAt),
  ', by ',
  actor(by),
  '.',
];

export const mutedLine = ({ by, untilAt }: NonNullable<LimitAlertCard['muted']>): Inline[] => [
  'Muted until ',
  dateToken(untilAt),
  ' by ',
  actor(by),
  '.',
];

/** `style`: of the first of them, where nothing else on the surface comes before it. */
export function limitAlertButtons(
  { label: { account }, window, muted, may, cap, now }: LimitAlertCard,
  style: { style?: 'primary' } = {},
): KnownBlock[] {
  const value = writeMetadata(FIRST_PAGES, account, window);
  const all = [
    ...(may.raise ? [button('Change limits…', { action: ACTIONS.limitsOpen, value, ...style })] : []),
    ...(may.ask ? [button('Ask an owner for more…', { action: ACTIONS.askOwnersOpen, value })] : []),
    ...(may.move ? [button('Move credits…', { action: ACTIONS.moveOpen, value })] : []),
    ...(may.cap
      ? capButton(value, { isCapped: cap !== null, isBurning: now.burn !== null, isDue: window === 'total' })
      : []),
    ...(may.mute ? muteButtons(value, { isMuted: muted !== null, hasEnd: window !== 'total' }) : []),
  ];
  return all.length > 0 ? [actions(...all)] : [];
}

/** Where a budget will last there is nothing to spare. */
function capButton(
  value: string,
  { isCapped, isBurning, isDue }: { isCapped: boolean; isBurning: boolean; isDue: boolean },
) {
  if (isCapped) return [button('Allow all qualities', { action: ACTIONS.alertLiftCap, value })];
  if (!isBurning) return [];
  const until = isDue ? 'it is due' : 'it resets';
  return [
    {
      ...button(`Draft quality until ${until}`, { action: ACTIONS.alertCapQuality, value }),
      confirm: confirmation({
        title: 'Draft quality only?',
        text: `Until ${until}, every image for this client is made at the lowest quality of its model. You can lift this at any time.`,
        confirm: 'Draft only',
        isDanger: false,
      }),
    },
  ];
}

function muteButtons(value: string, { isMuted, hasEnd }: { isMuted: boolean; hasEnd: boolean }) {
  if (isMuted) return [button('Unmute', { action: ACTIONS.alertUnmute, value })];
  return [
    button('Mute until tomorrow', { action: ACTIONS.alertMuteDay, value }),
    button(hasEnd ? 'Mute until reset' : 'Mute 30 days', { action: ACTIONS.alertMuteWindow, value }),
  ];
}
