import type { State } from '../../ledger/state.ts';
import { dateOf } from '../../ledger/tally/blocked.ts';
import { windowKeysAt } from '../../ledger/usage/windows.ts';
import { type AskedIn, imagesToCompare, type PeerFound, peersFound } from '../../reports/peer-week.ts';
import type { IsDear } from '../../reports/tips.ts';
import { addDays } from '../../reports/usage.ts';
import type { AppContext } from '../context.ts';
import { weekToTell } from '../digest/client-week.ts';
import { availableModels } from '../images/available-models.ts';
import { loadJob } from '../images/job-lease.ts';
import { onceMarker, putOnceMarker } from '../once/once-markers.ts';

/** What was found in one week, by person. The first process writes it, once. */
export type PeerWeek = { at: number; found: Readonly<Record<string, PeerFound>> };

const JOBS_AT_ONCE = 20;
/** What a person said counts for as long as the work before it is compared. */
const SAID_WEEKS = 9;

/** The first day of the week that a date's digest is about. */
export const weekOf = (state: State, date: string): string => weekToTell(state, date).fromDate;
export const weeksAgo = (week: string, count: number): string => addDays(week, -7 * count);

const weekKey = (week: string) => `peer-check/week/${week}`;
export const toldKey = (memberId: string, week: string) => `peer-check/told/${week}/to/${memberId}`;
export const differentKey = (memberId: string, week: string) => `peer-check/different/${week}/by/${memberId}`;

/** Null where that week was not judged. */
export async function peerWeek(context: AppContext, week: string): Promise<PeerWeek | null> {
  const value = await onceMarker(context, weekKey(week));
  return value === null ? null : (JSON.parse(value) as PeerWeek);
}

/** Judges the week before a date, once. Null while an owner has the check off. */
export async function judgePeers(context: AppContext, state: State, date: string): Promise<PeerWeek | null> {
  if (!state.settings?.peerCheckOn) return null;
  const week = weekOf(state, date);
  const judged = await peerWeek(context, week);
  if (judged) return judged;
  const found = Object.fromEntries(await findIn(context, state, { date, week }));
  const own: PeerWeek = { at: Math.max(context.clock.now(), state.lastAt), found };
  const put = await putOnceMarker(context, weekKey(week), JSON.stringify(own));
  return put === 'put' ? own : await peerWeek(context, week);
}

async function findIn(context: AppContext, state: State, { date, week }: { date: string; week: string }) {
  const images = imagesToCompare(state, date);
  const memberIds = [...new Set(images.map(({ image }) => image.memberId))];
  const places = await placesOf(context, [...new Set(images.map(({ jobId }) => jobId))]);
  const until = new Map<string, string>();
  for (const memberId of memberIds) {
    const said = await differentUntil(context, state, { memberId, week });
    if (said !== null) until.set(memberId, said);
  }
  return peersFound(
    memberIds.filter((memberId) => state.members.get(memberId)?.status === 'active'),
    {
      images,
      placeOf: (jobId) => places.get(jobId) ?? null,
      isDear: dearOf(context),
      differentUntil: (memberId) => until.get(memberId) ?? null,
    },
  );
}

/** The dearest quality of a model that has several; of one that is not offered anymore, the one that is named so. */
export function dearOf(context: AppContext): IsDear {
  const dearest = new Map(availableModels(context).models.map(({ id, qualities }) => [id, qualities.slice(1).at(-1)]));
  return ({ model, quality }) => quality === (dearest.has(model) ? dearest.get(model) : 'high');
}

/** Where requests were asked for. */
export async function placesOf(context: AppContext, jobIds: readonly string[]): Promise<Map<string, AskedIn>> {
  const places = new Map<string, AskedIn>();
  for (let from = 0; from < jobIds.length; from += JOBS_AT_ONCE) {
    const jobs = await Promise.all(jobIds.slice(from, from + JOBS_AT_ONCE).map((jobId) => loadJob(context, jobId)));
    for (const job of jobs) if (job) places.set(job.jobId, job.place);
  }
  return places;
}

type Said = { memberId: string; week: string };

/** The last date on which a person said that their work was different; null where they did not, of late. */
async function differentUntil(context: AppContext, { settings }: State, { memberId, week }: Said) {
  for (let ago = 0; ago <= SAID_WEEKS; ago += 1) {
    const said = await onceMarker(context, differentKey(memberId, weeksAgo(week, ago)));
    if (said !== null && settings) return dateOf(windowKeysAt(Number(said), settings));
  }
  return null;
}
