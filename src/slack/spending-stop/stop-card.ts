import type { KnownBlock } from '@slack/types';
import type { Resumed } from '../../app/self-check/resume-spending.ts';
import type { StopCard } from '../../app/self-check/stop-view.ts';
import { type StopAbout, stopAbout } from '../../app/self-check/trouble.ts';
import { number } from '../../words/figures.ts';
import { actor } from '../kit/actor.ts';
import { ACTIONS } from '../kit/ids.ts';
import { type Message, message, quote } from '../kit/message.ts';
import { actions, bold, button, cutTo, dateToken, type Inline, richLines } from '../kit/parts.ts';
import { STOP_WORDS } from './stop-words.ts';

/** As much of what a store says as a person compares with its file. */
const PROBLEM_UNITS_MAX = 600;

type Stop = StopCard['stop'];

/** For owners: what is wrong, what has been stopped, what goes on, and what to do. */
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
  return { ...said, blocks: [...said.blocks, ...whatFollows(stop)] };
}

/** The same, on top of an owner's Home, until spending resumes. */
export const stopBlocks = (stop: Stop): KnownBlock[] => [
  richLines(...whatIsWrong(stop), ...whatToDo(stop)),
  ...whatFollows(stop),
];

/** What came of a click on the button. */
export function resumedParagraphs(resumed: Exclude<Resumed, { kind: 'refused' }>): Inline[][] {
  switch (resumed.kind) {
    case 'resumed':
      return [[`All ${number(resumed.linesCount)} ledger lines passed. Spending has resumed.`]];
    case 'still_wrong':
      return [stillWrong(resumed.about, resumed.brokenSeq)];
    case 'records_wrong':
      return [stillWrong('records'), [`The problem: ${problemOf(resumed)}`]];
  }
}

function stillWrong(about: StopAbout, brokenSeq = 1): Inline[] {
  const { still, toDo } = STOP_WORDS[about];
  return [bold(still(brokenSeq)), ', so spending stays stopped. ', ...toDo];
}

const whatIsWrong = (stop: Stop): Inline[][] => [
  [bold(STOP_WORDS[stopAbout(stop)].wrong(stop.brokenSeq)), ' Found ', dateToken(stop.at), '.'],
];

function whatToDo(stop: Stop): Inline[][] {
  const about = stopAbout(stop);
  const cannotWrite = !stop.isWritten && about !== 'moved' && about !== 'records';
  const { toDo, check } = STOP_WORDS[about];
  return [
    [
      'Inkwell makes no new images in any channel. Images in progress will finish, and their credits are charged or returned as usual.',
      cannotWrite ? ' Nothing else can be saved until the ledger is readable again.' : '',
    ],
    [...toDo],
    [`${stop.isWritten ? check : 'Then restart Inkwell.'}${isOfFile(about) ? ' The problem:' : ''}`],
  ];
}

/** The name of a file helps to find it. What the check of a line says is for `ledger:verify` and the log. */
const isOfFile = (about: StopAbout) => about === 'file' || about === 'records' || about === 'moved';

const whatFollows = (stop: Stop): KnownBlock[] => [
  ...(isOfFile(stopAbout(stop)) ? [quote(problemOf(stop))] : []),
  ...(stop.isWritten ? [resumeButton(stop)] : []),
];

const problemOf = ({ problem }: { problem: string }) => cutTo(problem, PROBLEM_UNITS_MAX) || '…';

const resumeButton = ({ stopId }: Stop) =>
  actions(button('Check and resume', { action: ACTIONS.spendingResume, value: stopId, style: 'primary' }));
