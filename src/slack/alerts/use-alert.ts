import type { KnownBlock } from '@slack/types';
import type { UseAlertCard } from '../../app/alerts/use-alert-card.ts';
import { accountParts } from '../../words/accounts.ts';
import { dayWords } from '../../words/dates.ts';
import { credits, number } from '../../words/figures.ts';
import { actor } from '../kit/actor.ts';
import { FIRST_PAGES, writeMetadata } from '../kit/home-metadata.ts';
import { ACTIONS } from '../kit/ids.ts';
import { type Message, message } from '../kit/message.ts';
import { actions, bold, button, dateToken, type Inline, name, person } from '../kit/parts.ts';

const VALUE_CHARACTERS_MAX = 60;

/** For those who are responsible: how much more was used than is usual, what explains most of it, and what they can do. */
export function useAlertMessage(card: UseAlertCard): Message {
  const { expected, muted } = card;
  return message(
    [
      ...foundLines(card),
      ...(expected
        ? [
            [
              'Expected, says ',
              actor(expected.by),
              '. Hours like it aren’t told until ',
              dateToken(expected.untilAt),
              '.',
            ],
          ]
        : []),
      ...(muted ? [['Muted until ', dateToken(muted.untilAt), ' by ', actor(muted.by), '.']] : []),
    ],
    ...useAlertButtons(card),
  );
}

/** What was used, what is usual, and what explains most of the difference. */
export function foundLines(card: UseAlertCard): Inline[][] {
  const { label, finding } = card;
  const { hour, actualCredits, expectedCredits } = finding;
  const head: Inline[] = [
    ...accountParts(label),
    bold(` used far more than usual ${hour === null ? 'in a day' : 'in an hour'}.`),
  ];
  const times = `from ${clock(hour ?? 0)} to ${clock((hour ?? 23) + 1)}`;
  const used: Inline[] = [
    bold(credits(actualCredits)),
    hour === null ? ` were used on ${dayWords(finding.date)}` : ` were used on ${dayWords(finding.date)} ${times}`,
    `. Usual ${hour === null ? 'on such a day' : 'at that hour'}: ${number(expectedCredits)}.`,
  ];
  return [head, used, ...(finding.cause ? [causeLine(card)] : [])];
}

const clock = (hour: number) => `${String(hour % 24).padStart(2, '0')}:00`;

function causeLine({ finding: { cause }, causeName }: UseAlertCard): Inline[] {
  if (!cause) return [];
  const share = ` explains ${Math.round(cause.share * 100)}% of it.`;
  switch (cause.by) {
    case 'member':
      return [person(cause.value), share];
    case 'project':
    case 'client':
      return [`The ${cause.by} `, name(causeName ?? ''), share];
    case 'model':
    case 'quality':
      return [`The ${cause.by} `, { kind: 'written', text: cause.value, unitsMax: VALUE_CHARACTERS_MAX }, share];
  }
}

export function useAlertButtons({ label: { account }, finding, expected, muted, may }: UseAlertCard): KnownBlock[] {
  const value = writeMetadata(FIRST_PAGES, account, 'month');
  const isOpen = expected === null;
  const all = [
    ...(isOpen && may.expect
      ? [
          button('This is expected', {
            action: ACTIONS.alertExpect,
            value: writeMetadata(FIRST_PAGES, account, finding.date, String(finding.hour ?? '')),
          }),
        ]
      : []),
    ...(may.raise ? [button('Change limits…', { action: ACTIONS.limitsOpen, value })] : []),
    ...(isOpen && may.expect
      ? [
          muted
            ? button('Unmute', { action: ACTIONS.alertUnmute, value })
            : button('Mute until tomorrow', { action: ACTIONS.alertMuteDay, value }),
        ]
      : []),
  ];
  return all.length > 0 ? [actions(...all)] : [];
}
