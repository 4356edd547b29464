import type { KnownBlock } from '@slack/types';
import type { Resumed } from '../../app/self-check/resume-spending.ts';
import type { StopCard } from '../../app/self-check/stop-view.ts';
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
      [actor(resumed.by, 'Start'), ' rechecked the ledger and resumed spending, ', dateToken(resumed.at), '.'],
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
      return [[`All ${number(resumed.linesCount)} ledger lines passed. Spending has resumed.`]];
    case 'still_wrong':
      return [
        [
          bold(`Line ${number(resumed.brokenSeq)} still fails its check`),
          ', so spending stays stopped. ',
          ...TO_DO.line,
        ],
        [`The problem: ${problemOf(resumed)}`],
      ];
    case 'records_wrong':
      return [
        [bold('Inkwell’s records are still damaged'), ', so spending stays stopped. ', ...TO_DO.records],
        [`The problem: ${problemOf(resumed)}`],
      ];
  }
}

const PUT_BACK: Inline[] = [
  'Restore the ledger, or that line, from a backup. Then run ',
  code('npm run ledger:verify'),
  ' to check it.',
];

const TO_DO: Readonly<Record<StopAbout, Inline[]>> = {
  line: PUT_BACK,
  file: PUT_BACK,
  records: [
    'Stop Inkwell and restore its folder from a backup: ',
    code('docs/when-the-ledger-is-wrong.md'),
    ' explains how. Until then, no image is paid for twice.',
  ],
  moved: [
    'Inkwell still uses the file it opened, but the next start won’t find what is written there. Stop Inkwell and put the file back.',
  ],
};

function whatIsWrong(stop: Stop): Inline[][] {
  const found: Inline[] = [' Found ', dateToken(stop.at), '.'];
  switch (stopAbout(stop)) {
    case 'line':
      return [[bold(`Line ${number(stop.brokenSeq)} of Inkwell’s ledger failed its check.`), ...found]];
    case 'file':
      return [[bold('Inkwell’s ledger file is damaged.'), ...found]];
    case 'records':
      return [[bold('Inkwell’s records of prompts and images are damaged.'), ...found]];
    case 'moved':
      return [[bold('One of Inkwell’s files was moved or deleted.'), ...found]];
  }
}

function whatToDo(stop: Stop): Inline[][] {
  const about = stopAbout(stop);
  const cannotWrite = !stop.isWritten && about !== 'moved' && about !== 'records';
  return [
    [
      'Inkwell makes no new images in any channel. Images in progress will finish, and their credits are charged or returned as usual.',
      cannotWrite ? ' Nothing else can be saved until the ledger is readable again.' : '',
    ],
    TO_DO[about],
    [`${stop.isWritten ? THEN_CHECK[about] : 'Then restart Inkwell.'} The problem:`],
  ];
}

const CHECK_LINES = 'Then check again here. If every line passes, spending resumes.';
const THEN_CHECK: Readonly<Record<StopAbout, string>> = {
  line: CHECK_LINES,
  file: CHECK_LINES,
  records: 'Then check again here. If all records are readable, spending resumes.',
  moved: CHECK_LINES,
};

const problemOf = ({ problem }: { problem: string }) => cutTo(problem, PROBLEM_UNITS_MAX) || '…';

const resumeButton = ({ stopId }: Stop) =>
  actions(button('Check and resume', { action: ACTIONS.spendingResume, value: stopId, style: 'primary' }));
