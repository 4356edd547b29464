import type { ReportAnswer, ReportView } from '../../app/reports/report-view.ts';
import { PeopleFault } from '../../ports/ports.ts';
import { DIMENSIONS } from '../../reports/usage.ts';
import { list } from '../../words/figures.ts';
import { listedUpTo } from '../../words/parts.ts';
import { reportCsv } from '../../words/report-csv.ts';
import { DIMENSION_WORDS } from '../../words/reports.ts';
import { COMMANDS } from '../kit/ids.ts';
import { type Message, message } from '../kit/message.ts';
import { bold, code, cutTo, type Inline, person } from '../kit/parts.ts';
import type { Sender } from '../kit/sender.ts';
import { whyLeftOut } from '../kit/show-to-audience.ts';
import type { SharedFile } from '../messenger/files.ts';
import type { Deps } from '../platform/deps.ts';
import type { ReportTyped } from './read-report.ts';
import { reportMessage } from './report.ts';

/** Answers `/credits report`: privately, and with `--csv` also as a file in a direct message. */
export async function creditsReport(deps: Deps, sender: Sender, typed: ReportTyped): Promise<void> {
  if (typed.kind === 'help') return void (await deps.tell(sender, reportHelp()));
  if (typed.kind === 'wrong_split') return void (await deps.tell(sender, wrongSplit(typed.typed)));
  const { memberId: by, channelId } = sender;
  const question = { by, channelId, ...typed.question };
  const answer = await deps.app.showReport(question);
  await deps.tell(sender, answer.ok ? reportMessage(answer.view) : notAnswered(answer));
  if (!answer.ok || !typed.asFile) return;
  const sent = await deps.sendFile(by, await fileOf(deps, answer.view));
  await deps.tell(sender, message([[sent.kind === 'delivered' ? FILE_SENT : FILE_NOT_SENT]]));
}

const FILE_SENT = 'The file is in your messages with Inkwell.';
const FILE_NOT_SENT =
  'Slack didn’t confirm the file. If it isn’t in your messages with Inkwell, try again in a minute.';

async function fileOf({ people }: Deps, view: ReportView): Promise<SharedFile> {
  const names = view.by === 'member' ? await namesOf(people) : new Map<string, string>();
  const csv = reportCsv(view, (memberId) => names.get(memberId) ?? memberId);
  const { fromDate, toDate } = view.period;
  return {
    bytes: new TextEncoder().encode(csv),
    contentType: 'text/csv',
    filename: `inkwell-report-${fromDate}-${toDate}.csv`,
    title: `Report ${view.period.label}`,
    comment: `The report for ${view.period.label}, by ${DIMENSION_WORDS[view.by]}.`,
  };
}

/** Without names the file has people’s ids. */
async function namesOf(people: Deps['people']): Promise<ReadonlyMap<string, string>> {
  try {
    return await people.names();
  } catch (error) {
    if (error instanceof PeopleFault) return new Map();
    throw error;
  }
}

/** Says why there is no report, and what to type instead. */
export function notAnswered(answer: ReportAnswer & { ok: false }): Message {
  switch (answer.problem) {
    case 'shared_channel':
      return message([
        [
          `${answer.audience === 'alone' ? 'Only this channel’s client is reported here' : 'Reports aren’t shown here'} because ${whyLeftOut(answer.audience)}. Ask in an internal channel, or in Inkwell’s messages.`,
        ],
      ]);
    case 'not_yours':
      return message([
        [
          'Reports are for owners and for the managers of a client or team. Your own is ',
          code(`${COMMANDS.credits} report me`),
          '.',
          ...(answer.helperIds.length > 0
            ? [' ', ...listedUpTo(answer.helperIds.map(person), 3), ' can see this one.']
            : []),
        ],
      ]);
    case 'unknown':
      return message([
        [`There’s no client, project or team “${cutTo(answer.typed, 60)}” that you can see a report of.`],
        answer.near.length > 0
          ? [
              `Did you mean ${list(
                answer.near.map((each) => `“${cutTo(each, 40)}”`),
                'or',
              )}?`,
            ]
          : [code(`${COMMANDS.credits} report help`), ' shows what it answers.'],
      ]);
  }
}

const wrongSplit = (typed: string): Message =>
  message([
    [`A report can’t be split by “${cutTo(typed, 40)}”.`],
    [
      `After --by comes ${list(
        DIMENSIONS.map((each) => DIMENSION_WORDS[each]),
        'or',
      )}.`,
    ],
  ]);

const EXAMPLES: readonly (readonly [typed: string, answers: string])[] = [
  ['report', 'this month: of this channel’s client, or of all you look after'],
  ['report Acme last month', 'of a client, project or team'],
  ['report @Ben this week', 'of a person; “me” is you'],
  ['report 2026-10 --by model', 'split by client, project, team, person, model, quality, stage, mark or day'],
  ['report Acme 2026-10-01..2026-10-15 --csv', 'also as a file, in Inkwell’s messages'],
];

const reportHelp = (): Message =>
  message([
    [bold('What a report answers')],
    ...EXAMPLES.map(([typed, answers]): Inline[] => [code(`${COMMANDS.credits} ${typed}`), `  ${answers}`]),
    ['Periods: today, yesterday, this or last week, month, quarter or year, last 30 days, 2026-10, 2026.'],
    ['Only you see the answer.'],
  ]);
