import type { ReportRow, ReportView } from '../../app/reports/report-view.ts';
import { addDays } from '../../reports/usage.ts';
import { bestValue, creditsPerFinal, creditsPerKept } from '../../reports/value.ts';
import { credits, number } from '../../words/figures.ts';
import {
  DIMENSION_WORDS,
  moneyWords,
  ratioWords,
  rowWords,
  subjectWords,
  totalWords,
  trendWords,
} from '../../words/reports.ts';
import { chart } from '../kit/chart.ts';
import { COMMANDS } from '../kit/ids.ts';
import { type Message, words } from '../kit/message.ts';
import type { MessageBlock } from '../kit/newer-blocks.ts';
import { bold, context, cutTo, type Inline, name, person, richLines } from '../kit/parts.ts';
import { OUTSIDERS_HERE } from '../kit/show-to-audience.ts';

/** Fits a message that needs little scrolling. The file has all rows. */
const ROWS_MAX = 12;
/** A column of a chart for each day, as long as Slack draws so many. */
const DAYS_MAX = 20;
const WEEK_DAYS = 7;
const WEEKS_MAX = 20;

/** Draws a report, privately: what was used, compared with before, split, and what it bought. */
export function reportMessage(view: ReportView): Message {
  const { rows, total } = view;
  const head: Inline[][] = [title(view), [totalWords(total)]];
  const trend = trendWords(view);
  const lines = [...head, ...(trend === null ? [] : [[trend]]), ...moneyLines(view), ...otherLines(view)];
  const isEmpty = total.requestsCount === 0 && total.imagesCount === 0;
  const table = isEmpty ? [] : tableLines(view);
  const blocks: MessageBlock[] = [richLines(...lines), ...(table.length > 0 ? [richLines(...table)] : [])];
  const drawn = isEmpty ? null : chartOf(view);
  if (drawn) blocks.push(drawn);
  const more = rows.length - ROWS_MAX;
  const all = more > 0 ? `${number(more)} more in the file: add \`--csv\`.` : 'Add `--csv` for a file.';
  blocks.push(context(`${all} \`${COMMANDS.credits} report help\` shows what else it answers.`));
  if (view.audience === 'alone') blocks.push(context(`${OUTSIDERS_HERE} Other clients are left out.`));
  return { text: words([...lines, ...table]), blocks };
}

function title(view: ReportView): Inline[] {
  const { subject, period } = view;
  const of = subjectWords(subject, view);
  const whose: Inline[] = subject.kind === 'person' ? ['Use of ', person(subject.memberId)] : [titled(view, of)];
  return [...whose, ` · ${period.label}`];
}

const titled = ({ subject }: ReportView, of: string): Inline =>
  subject.kind === 'all' || subject.kind === 'own' ? bold(of) : name(of);

/** Only owners see what credits are worth, and what providers cost. */
function moneyLines({ total, creditValueMicroUsd }: ReportView): Inline[][] {
  if (creditValueMicroUsd === null || total.credits + total.agencyCredits === 0) return [];
  const value = moneyWords(total.credits * creditValueMicroUsd);
  return [[`These credits are worth ${value}. Providers charged ${moneyWords(total.costMicroUsd)} for the images.`]];
}

function otherLines({ total, by, rows }: ReportView): Inline[][] {
  const { blockedCount, requestsCount, declinedCount, agencyCredits } = total;
  const compared = by === 'member' || by === 'day' || by === 'mark' ? null : bestValue(rows);
  return [
    ...(blockedCount > 0 ? [[`Limits stopped ${number(blockedCount)} of ${number(requestsCount)} requests.`]] : []),
    ...(declinedCount > 0 ? [[`Providers declined ${number(declinedCount)} because of their content.`]] : []),
    ...(agencyCredits > 0 ? [[`The agency itself bears ${credits(agencyCredits)}.`]] : []),
    ...(compared
      ? [
          [
            'Most value: ',
            name(rowWords(compared.best, by)),
            `, ${ratioWords(creditsPerKept(compared.best.usage))} credits per kept image. Least: `,
            name(rowWords(compared.least, by)),
            `, ${ratioWords(creditsPerKept(compared.least.usage))}.`,
          ],
        ]
      : []),
  ];
}

function tableLines(view: ReportView): Inline[][] {
  const { by, rows } = view;
  const shown = by === 'day' ? rows.slice(-ROWS_MAX) : rows.slice(0, ROWS_MAX);
  return [[bold(`By ${DIMENSION_WORDS[by]}`)], ...shown.map((row) => rowLine(row, view))];
}

function rowLine(row: ReportRow, { by }: ReportView): Inline[] {
  const { usage } = row;
  const who: Inline =
    by === 'member' && row.value !== null ? person(row.value) : name(cutTo(calledOf(row, by), NAME_CHARACTERS_MAX));
  const made = `${number(usage.imagesCount)} made, ${number(usage.keptCount)} kept`;
  const kept = creditsPerKept(usage);
  const final = creditsPerFinal(usage);
  const value = [
    ...(kept === null ? [] : [`${ratioWords(kept)} per kept image`]),
    ...(final === null ? [] : [`${ratioWords(final)} per final one`]),
  ];
  return [who, `  ${[credits(usage.credits), made, ...value].join(' · ')}`];
}

const calledOf = (row: ReportRow, by: ReportView['by']) =>
  by === 'day' && row.value !== null ? shortDate(row.value) : rowWords(row, by);

const NAME_CHARACTERS_MAX = 40;

/** By what was asked for; people, and days, as days. */
function chartOf(view: ReportView) {
  const { by, rows, daily, period } = view;
  if (by !== 'member' && by !== 'day' && rows.length > 1) {
    const shown = rows.slice(0, ROWS_MAX);
    return chart({
      title: `Credits by ${DIMENSION_WORDS[by]}`,
      type: 'bar',
      categories: shown.map((row) => rowWords(row, by)),
      series: [{ name: 'Credits', values: shown.map(({ usage }) => usage.credits) }],
    });
  }
  if (daily.length < 2) return null;
  const points = daily.length <= DAYS_MAX ? daily.map(({ date, credits: used }) => ({ date, used })) : weeksOf(daily);
  return chart({
    title: daily.length <= DAYS_MAX ? `Credits per day, ${period.label}` : `Credits per week, ${period.label}`,
    type: 'bar',
    categories: points.map(({ date }) => shortDate(date)),
    series: [{ name: 'Credits', values: points.map(({ used }) => used) }],
  });
}

/** Each by its first day, the newest weeks that Slack draws. */
function weeksOf(daily: ReportView['daily']): { date: string; used: number }[] {
  const weeks: { date: string; used: number }[] = [];
  for (const { date, credits: used } of daily) {
    const week = weeks.at(-1);
    if (week && date < addDays(week.date, WEEK_DAYS)) week.used += used;
    else weeks.push({ date, used });
  }
  return weeks.slice(-WEEKS_MAX);
}

const shortDate = (date: string) =>
  new Intl.DateTimeFormat('en-US', { timeZone: 'UTC', month: 'short', day: 'numeric' }).format(Date.parse(date));
