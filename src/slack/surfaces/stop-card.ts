import type { KnownBlock } from '@slack/types';
import type { StopCard } from '../../app/self-check/owners.ts';
import type { Resumed } from '../../app/self-check/resume-spending.ts';
import { ACTIONS } from '../ids.ts';
import { number } from '../text.ts';
import { type Message, message, quote } from './message.ts';
import { actions, bold, button, code, cutTo, type Inline, lines, person, when } from './parts.ts';

/** As much of what is wrong as a person compares with what `ledger:verify` says. */
const PROBLEM_UNITS_MAX = 600;

type Stop = StopCard['stop'];

/** For owners: which line is wrong, what has been stopped, what goes on, and what to do. */
export function stopCard({ stop }: StopCard): Message {
  const { resumed } = stop;
  const found = whatIsWrong(stop);
  if (resumed) {
    return message([
      ...found,
      ['Spending goes on: ', person(resumed.by), ' had the whole ledger checked, ', when(resumed.at), '.'],
    ]);
  }
  const said = message([...found, ...whatToDo(stop)]);
  const more = [quote(problemOf(stop)), ...(stop.isWritten ? [resumeButton(stop)] : [])];
  return { ...said, blocks: [...said.blocks, ...more] };
}

/** The same, on top of an owner's Home, as long as the stop stands. */
export const stopBlocks = (stop: Stop): KnownBlock[] => [
  lines(...whatIsWrong(stop), ...whatToDo(stop)),
  quote(problemOf(stop)),
  resumeButton(stop),
];

/** What came of a click on the button. */
export function resumedParagraphs(resumed: Exclude<Resumed, { kind: 'refused' }>): Inline[][] {
  switch (resumed.kind) {
    case 'resumed':
      return [[`All ${number(resumed.linesCount)} lines of the ledger are right. Spending goes on.`]];
    case 'still_wrong':
      return [
        [
          bold(`Line ${number(resumed.brokenSeq)} of the ledger still cannot be right`),
          ', so spending stays stopped. ',
          ...HOW,
        ],
        [`What is wrong with it: ${problemOf(resumed)}`],
      ];
  }
}

const HOW: Inline[] = [
  'Put back a backup of the ledger, or the line as it was; ',
  code('npm run ledger:verify'),
  ' says whether it is right now.',
];

const whatIsWrong = ({ brokenSeq, at }: Stop): Inline[][] => [
  [bold(`Line ${number(brokenSeq)} of Inkwell’s ledger cannot be right.`), ' Found ', when(at), '.'],
];

const whatToDo = ({ isWritten }: Stop): Inline[][] => [
  [
    'No new images are made, in any channel. Those being made are finished, and charged or given back as always.',
    isWritten ? '' : ' Nothing can be written either, until the ledger can be read again.',
  ],
  HOW,
  [
    isWritten
      ? 'Then check again here: if every line is right, spending goes on. What is wrong with the line:'
      : 'Then start Inkwell again. What is wrong with the line:',
  ],
];

const problemOf = ({ problem }: { problem: string }) => cutTo(problem, PROBLEM_UNITS_MAX) || '…';

const resumeButton = ({ stopId }: Stop) =>
  actions(button('Check again and go on', { action: ACTIONS.spendingResume, value: stopId, style: 'primary' }));
