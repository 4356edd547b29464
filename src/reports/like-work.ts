import type { Stage } from '../ledger/work.ts';

/**
 * Images of one request that have the same mark. Records of one member, thread and moment are one request. `model` is the
 * id of a rate card's model; `credits` are those of these images.
 */
export type WorkRecord = {
  memberId: string;
  clientId: string;
  projectId: string | null;
  stage: Stage;
  model: string;
  quality: string;
  credits: number;
  images: number;
  mark: 'kept' | 'final' | 'discarded' | null;
  at: number;
  threadKey: string;
};

/** What was used in one thread for one stage and class of model, and how many images were kept. */
export type Thread = Pick<WorkRecord, 'memberId' | 'clientId' | 'projectId' | 'stage' | 'credits'> & {
  modelClass: string;
  kept: number;
};

/** A project, or what else was done for a client: where this member and peers did the same kind of work. */
export type Place = { own: readonly Thread[]; peers: readonly Thread[] };

export type LikeWork = Pick<Thread, 'stage' | 'modelClass'> & { places: readonly Place[] };

/** With fewer images that peers kept, a project is only a part of its client's work, and a client says nothing. */
const PLACE_KEPT_MIN = 5;

/**
 * Adds up what was done, once for all members. A thread without any mark says nothing about what was kept. It is left out, so
 * that people who seldom mark are not taken for wasteful ones.
 */
export function threadsOf(records: readonly WorkRecord[], modelClassOf: (model: string) => string): Thread[] {
  const marked = new Set<string>();
  for (const record of records) if (record.mark !== null) marked.add(keyOf(record));
  const threads = new Map<string, Thread>();
  for (const record of records) {
    const { memberId, clientId, projectId, stage, model, credits, images, mark } = record;
    if (!marked.has(keyOf(record))) continue;
    const modelClass = modelClassOf(model);
    const key = [keyOf(record), clientId, projectId, stage, modelClass].join('\n');
    const thread = threads.get(key) ?? { memberId, clientId, projectId, stage, modelClass, credits: 0, kept: 0 };
    thread.credits += credits;
    if (isKept(mark)) thread.kept += images;
    threads.set(key, thread);
  }
  return [...threads.values()];
}

/** A member's work beside that of peers, by stage and class of model. */
export function likeWork(memberId: string, threads: readonly Thread[]): LikeWork[] {
  return grouped(threads, ({ stage, modelClass }) => `${stage}\n${modelClass}`).flatMap((alike) => {
    if (!alike.some((thread) => thread.memberId === memberId)) return [];
    const [{ stage, modelClass }] = alike;
    return [{ stage, modelClass, places: placesOf(memberId, alike) }];
  });
}

function placesOf(memberId: string, threads: readonly Thread[]): Place[] {
  const places: Place[] = [];
  const rest: Thread[] = [];
  for (const ofProject of grouped(threads, ({ clientId, projectId }) => `${clientId}\n${projectId}`)) {
    const place = ofProject[0].projectId === null ? null : placeOf(memberId, ofProject);
    if (place) places.push(place);
    else rest.push(...ofProject);
  }
  for (const ofClient of grouped(rest, ({ clientId }) => clientId)) {
    const place = placeOf(memberId, ofClient);
    if (place) places.push(place);
  }
  return places;
}

function placeOf(memberId: string, threads: readonly Thread[]): Place | null {
  const own = threads.filter((thread) => thread.memberId === memberId);
  const peers = threads.filter((thread) => thread.memberId !== memberId);
  return own.length > 0 && summed(peers).kept >= PLACE_KEPT_MIN ? { own, peers } : null;
}

export function summed(threads: readonly Pick<Thread, 'credits' | 'kept'>[]): { credits: number; kept: number } {
  const sum = { credits: 0, kept: 0 };
  for (const { credits, kept } of threads) {
    sum.credits += credits;
    sum.kept += kept;
  }
  return sum;
}

export const isKept = (mark: WorkRecord['mark']): boolean => mark === 'kept' || mark === 'final';

const keyOf = ({ memberId, threadKey }: WorkRecord) => `${memberId}\n${threadKey}`;

/** In the order of their first records; no group is empty. */
export function grouped<Each>(all: readonly Each[], keyOf: (each: Each) => string): [Each, ...Each[]][] {
  const groups = new Map<string, [Each, ...Each[]]>();
  for (const each of all) {
    const key = keyOf(each);
    const group = groups.get(key);
    if (group) group.push(each);
    else groups.set(key, [each]);
  }
  return [...groups.values()];
}
