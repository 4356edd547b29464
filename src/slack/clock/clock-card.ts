import type { KnownBlock } from '@slack/types';
import type { ClockCard, ClockView } from '../../app/clock/clock-view.ts';
import { actor } from '../kit/actor.ts';
import { ACTIONS } from '../kit/ids.ts';
import { type Message, message } from '../kit/message.ts';
import { actions, bold, button, code, dateToken, type Inline, richLines } from '../kit/parts.ts';

/** For owners: whose clock is wrong, what has stopped, and what to do. */
export function clockCard({ clock }: ClockCard): Message {
  const said = message(paragraphs(clock));
  return { ...said, blocks: [...said.blocks, ...buttons(clock)] };
}

/** The same on top of an owner's Home, while it lasts. */
export const clockBlocks = (clock: ClockView): KnownBlock[] => [richLines(...paragraphs(clock)), ...buttons(clock)];

function paragraphs(clock: ClockView): Inline[][] {
  switch (clock.kind) {
    case 'machine':
      return [
        [
          bold('The clock of the machine that runs Inkwell is wrong.'),
          ' It shows ',
          dateToken(clock.shownAt),
          `. ${clock.source === 'slack' ? 'Slack' : 'The database'} says `,
          dateToken(clock.rightAt),
          '.',
        ],
        STOPPED,
        ['Set the clock of the machine, or turn on its time synchronization. Inkwell will continue on its own.'],
      ];
    case 'ledger':
      return [
        [
          bold('The ledger is dated ahead of the clock.'),
          ' Its last line says ',
          dateToken(clock.wrongAt),
          '. The machine says ',
          dateToken(clock.rightAt),
          '.',
        ],
        STOPPED,
        [
          'A clock was wrong when that line was written. If the machine is right now, correct the ledger’s time. Otherwise set the clock of the machine first. ',
          code('docs/when-a-clock-was-wrong.md'),
          ' explains more.',
        ],
      ];
    case 'corrected':
      return [
        [
          bold('The ledger’s time is right again.'),
          ' It had come to ',
          dateToken(clock.wrongAt),
          ', because a clock was wrong. ',
          actor(clock.by, 'Start'),
          ' corrected it ',
          dateToken(clock.at),
          '.',
        ],
        ['Limits reset at their usual times. Credits used meanwhile count toward the present day, week and month.'],
      ];
  }
}

const STOPPED: Inline[] = ['Inkwell makes no new images until this is right. Images in progress will finish.'];

function buttons(clock: ClockView): KnownBlock[] {
  if (clock.kind !== 'ledger') return [];
  const action = { action: ACTIONS.clockCorrect, value: String(clock.wrongAt), style: 'primary' as const };
  return [actions(button('Correct the time', action))];
}
