import type { KnownBlock } from '@slack/types';
import type { StopCard } from '../../app/self-check/owners.ts';
import type { Resumed } from '../../app/self-check/resume-spending.ts';
import { type StopAbout, stopAbout } from '../../app/self-check/trouble.ts';
import { number } from '../../words/figures.ts';
import { actor } from '../kit/actor.ts';
import { ACTIONS } from '../kit/ids.ts';
import { type Message, message, quote } from '../kit/message.ts';
import { actions, bold, button, code, cutTo, dateToken, type Inline, richLines } from '../kit/parts.ts';

/** As much of what is wrong as a person compares with what `ledger:verify` says. */
const PROBLEM_UNITS_MAX = 600;

type Stop = StopCard['stop'];

/** For owners: which line or file is wrong, what has been stopped, what goes on, and what to do. */
export function stopCard({ stop }: StopCard): Message {
  const { resumed } = stop;
  const found = whatIsWrong(stop);
  if (resumed) {
    return message([
      ...found,
      ['Spending goes on: ', actor(resumed.by), ' had the whole ledger checked, ', dateToken(resumed.at), '.'],
    ]);
  }
  const said = message([...found, ...whatToDo(stop)]);
  const more = [quote(problemOf(stop)), ...(stop.isWritten ? [resumeButton(stop)] : [])];
  return { ...said, blocks: [...said.blocks, ...more] };
}

/** The same, on top of an owner's Home, as long as the stop stands. */
export const stopBlocks = (stop: Stop): KnownBlock[] => [
  richLines(...whatIsWrong(stop), ...whatToDo(stop)),
  quote(problemOf(stop)),
  ...(stop.isWritten ? [resumeButton(stop)] : []),
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
          ...TO_DO.line,
        ],
        [`What is wrong with it: ${problemOf(resumed)}`],
      ];
    case 'records_wrong':
      return [
        [bold('Inkwell’s records are still damaged'), ', so spending stays stopped. ', ...TO_DO.records],
        [`What is wrong with them: ${problemOf(resumed)}`],
      ];
  }
}

const PUT_BACK: Inline[] = [
  'Put back a backup of the ledger, or the line as it was; ',
  code('npm run ledger:verify'),
  ' says whether it is right now.',
];

const TO_DO: Readonly<Record<StopAbout, Inline[]>> = {
  line: PUT_BACK,
  file: PUT_BACK,
  records: [
    'Stop Inkwell, and put back a backup of its folder: ',
    code('docs/when-the-ledger-is-wrong.md'),
    ' says how. Until then no image is paid for twice.',
  ],
  moved: [
    'Inkwell still works on the file it opened, but the next start won’t find what is written there. Stop Inkwell, and put the file back.',
  ],
};

function whatIsWrong(stop: Stop): Inline[][] {
  const found: Inline[] = [' Found ', dateToken(stop.at), '.'];
  switch (stopAbout(stop)) {
    case 'line':
      return [[bold(`Line ${number(stop.brokenSeq)} of Inkwell’s ledger cannot be right.`), ...found]];
    case 'file':
      return [[bold('The file of Inkwell’s ledger is damaged.'), ...found]];
    case 'records':
      return [[bold('Inkwell’s records of prompts and images are damaged.'), ...found]];
    case 'moved':
      return [[bold('A file of Inkwell’s isn’t where it was.'), ...found]];
  }
}

function whatToDo(stop: Stop): Inline[][] {
  const about = stopAbout(stop);
  const cannotWrite = !stop.isWritten && about !== 'moved' && about !== 'records';
  return [
    [
      'No new images are made, in any channel. Those being made are finished, and charged or given back as always.',
      cannotWrite ? ' Nothing can be written either, until the ledger can be read again.' : '',
    ],
    TO_DO[about],
    [`${stop.isWritten ? THEN_CHECK[about] : 'Then start Inkwell again.'} What is wrong:`],
  ];
}

const CHECK_LINES = 'Then check again here: if every line is right, spending goes on.';
const THEN_CHECK: Readonly<Record<StopAbout, string>> = {
  line: CHECK_LINES,
  file: CHECK_LINES,
  records: 'Then check again here: if all of it can be read, spending goes on.',
  moved: CHECK_LINES,
};

const problemOf = ({ problem }: { problem: string }) => cutTo(problem, PROBLEM_UNITS_MAX) || '…';

const resumeButton = ({ stopId }: Stop) =>
  actions(button('Check again and go on', { action: ACTIONS.spendingResume, value: stopId, style: 'primary' }));
