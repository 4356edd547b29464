import type { ReportRow, ReportSubject, ReportView } from '../app/reports/report-view.ts';
import type { Dimension, Usage } from '../reports/usage.ts';
import { OTHERS } from '../reports/value.ts';
import { capitalized, counted, credits, number } from './figures.ts';

const NOTHING: Readonly<Record<Dimension, string>> = {
  client: 'No client',
  project: 'No project',
  team: 'No team',
  member: 'Nobody',
  model: 'Not made',
  quality: 'Not made',
  stage: 'Not made',
  mark: 'No mark',
  day: 'No day',
};

/** What a row is about, but for people: their names are Slack's. */
export function rowWords({ value, name }: Pick<ReportRow, 'value' | 'name'>, by: Dimension): string {
  if (value === null) return NOTHING[by];
  if (value === OTHERS) return `Other ${DIMENSION_WORDS[by]}s`;
  return name ?? (by === 'stage' || by === 'mark' || by === 'quality' ? capitalized(value) : value);
}

export const DIMENSION_WORDS: Readonly<Record<Dimension, string>> = {
  client: 'client',
  project: 'project',
  team: 'team',
  member: 'person',
  model: 'model',
  quality: 'quality',
  stage: 'stage',
  mark: 'mark',
  day: 'day',
};

/** Names what a report is about. A person's name is a mention, which words do not have. */
export function subjectWords(subject: ReportSubject, { isOfManaged }: Pick<ReportView, 'isOfManaged'>): string {
  switch (subject.kind) {
    case 'all':
      return isOfManaged ? 'Your clients' : 'The agency';
    case 'own':
      return 'Your use';
    case 'client':
    case 'project':
    case 'team':
      return subject.name;
    case 'person':
      return 'Use of';
  }
}

/** `420 credits for 35 images, 12 of them kept and 3 final.` */
export function totalWords(usage: Usage): string {
  const { imagesCount, keptCount, finalCount } = usage;
  if (imagesCount === 0 && usage.credits === 0) return 'Nothing was made.';
  const kept = keptCount === 0 ? ', none of them kept' : `, ${number(keptCount)} of them kept`;
  const marks = imagesCount === 0 ? '' : finalCount === 0 ? kept : `${kept} and ${number(finalCount)} final`;
  return `${credits(usage.credits)} for ${counted(imagesCount, 'image')}${marks}.`;
}

/** Compares with the days before. Null where nothing was used in either. */
export function trendWords({ total, before }: Pick<ReportView, 'total' | 'before'>): string | null {
  if (before.credits === 0)
    return total.credits === 0 ? null : `Nothing was used in the days before (${before.label}).`;
  const change = Math.round((100 * (total.credits - before.credits)) / before.credits);
  const than = `${number(before.credits)} (${before.label})`;
  if (change === 0) return `As much as in the days before: ${than}.`;
  return `${number(Math.abs(change))}% ${change > 0 ? 'more' : 'less'} than in the days before: ${than}.`;
}

/** With one decimal below ten. */
export const ratioWords = (ratio: number | null): string =>
  ratio === null ? '–' : ratio < 10 ? ratio.toFixed(1) : number(Math.round(ratio));

/** Micro-USD as dollars and cents. */
export const moneyWords = (microUsd: number): string =>
  (microUsd / 1_000_000).toLocaleString('en-US', { style: 'currency', currency: 'USD' });
