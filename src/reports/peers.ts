import type { Stage } from '../ledger/work.ts';
import { grouped, likeWork, type Place, summed, type Thread } from './like-work.ts';

/** A member needs clearly more credits for a kept image than peers on like work. */
export type PeerFinding = {
  memberId: string;
  stage: Stage;
  modelClass: string;
  creditsPerKept: number;
  /** What peers need for the same images: by client or project, as often as this member works there. */
  peersCreditsPerKept: number;
  keptCount: number;
  peersKeptCount: number;
};

/** With fewer kept images on either side, nothing is said. */
export const KEPT_MIN = 20;
/** One peer alone would be named by the figure, and may be the unusual one. */
const PEERS_MIN = 2;

/** `npm run bench:peers` shows what it finds. It was chosen on teams of other seeds than those that the bench reports. */
const SETTING = {
  /** Less than this is no matter for a talk. */
  ratioMin: 1.35,
  /** It stays as large without any one peer, and without the dearest thread. */
  ratioWithoutMin: 1.2,
  /** How far above chance the ratio is, in its own deviations. */
  deviationsMin: 3,
  /** Fair people differ by as much, in logarithms. */
  usualSpread: 0.15,
  /** So does one project or client for two people. */
  placeSpread: 0.1,
  /** The least spread of credits per kept image that is assumed, as a multiple of their mean. */
  keptSpreadMin: 1,
};

/**
 * Compares one member with peers on like work: same stage, same class of model, and same project or client. So a hard client
 * counts against no one, and neither does how much a member makes. `threads`: of everyone, for some weeks. Tells of the kind
 * of work where it is clearest. Returns null where nothing is clear.
 */
export function compareWithPeers(memberId: string, threads: readonly Thread[]): PeerFinding | null {
  const kinds = likeWork(memberId, threads)
    .map(({ places, ...kind }) => ({ ...kind, places, ...compared(places) }))
    .filter(({ own, peers }) => own.kept >= KEPT_MIN && peers.kept >= KEPT_MIN);
  if (deviationsOf(kinds) < SETTING.deviationsMin) return null;
  const [clearest] = kinds
    .filter(({ ratio, places }) => ratio >= SETTING.ratioMin && isBroad(places))
    .toSorted((one, other) => other.ratio - one.ratio);
  if (!clearest) return null;
  const { stage, modelClass, own, peers, expectedCredits } = clearest;
  return {
    ...{ memberId, stage, modelClass, keptCount: own.kept, peersKeptCount: peers.kept },
    creditsPerKept: own.credits / own.kept,
    peersCreditsPerKept: expectedCredits / own.kept,
  };
}

/** Says how far above chance a member is in all kinds of work: each counts as much as is known of it. */
function deviationsOf(kinds: readonly Pick<Compared, 'ratio' | 'chance' | 'people'>[]): number {
  const weights = sum(kinds.map(({ chance }) => 1 / chance));
  const mean = sum(kinds.map(({ ratio, chance }) => Math.log(ratio) / chance)) / weights;
  const people = sum(kinds.map(({ people, chance }) => people / chance)) / weights;
  return kinds.length === 0 ? 0 : mean / Math.sqrt(1 / weights + people);
}

/** Whether several peers say so, and several threads. */
function isBroad(places: readonly Place[]): boolean {
  const peerIds = new Set(places.flatMap(({ peers }) => peers.map(({ memberId }) => memberId)));
  if (peerIds.size < PEERS_MIN) return false;
  const withoutAPeer = [...peerIds].map((peerId) =>
    places.map((place) => ({ ...place, peers: place.peers.filter(({ memberId }) => memberId !== peerId) })),
  );
  const all = places.flatMap(({ own }) => own);
  const dearest = all.toSorted((one, other) => other.credits - one.credits)[0];
  const withoutIt = places.map((place) => ({ ...place, own: place.own.filter((thread) => thread !== dearest) }));
  return [...withoutAPeer, withoutIt].every((fewer) => compared(fewer).ratio >= SETTING.ratioWithoutMin);
}

type Sum = ReturnType<typeof summed>;
/** `chance`, `people`: the variances of the ratio's logarithm. */
type Compared = { ratio: number; chance: number; people: number; own: Sum; peers: Sum; expectedCredits: number };

/** What peers would have used for the same kept images at the same places, and how sure that is. */
function compared(all: readonly Place[]): Compared {
  const places = all.filter(({ peers }) => summed(peers).kept > 0);
  const own = summed(places.flatMap((place) => place.own));
  const peers = summed(places.flatMap((place) => place.peers));
  const rated = places.map((place) => ({ place, peersRate: rateOf(place.peers), kept: summed(place.own).kept }));
  const expectedCredits = sum(rated.map(({ peersRate, kept }) => peersRate * kept));
  const ratio = expectedCredits > 0 ? own.credits / expectedCredits : 0;
  const parts = rated.map((each) => ({ ...each, share: (each.peersRate * each.kept) / Math.max(1, expectedCredits) }));
  const chance = ownVariance(parts, ratio, own) + peersVariance(parts);
  return { ratio, chance, people: peopleVariance(parts), own, peers, expectedCredits };
}

/** `share`: of the expected credits. */
type Part = { place: Place; peersRate: number; share: number };

/** Chance in what this member's threads used and kept. */
function ownVariance(parts: readonly Part[], ratio: number, own: { credits: number; kept: number }): number {
  const residuals = parts.map(({ place, peersRate }) => residualOf(place.own, ratio * peersRate));
  return Math.max(sum(residuals) / Math.max(1, own.credits) ** 2, leastVariance(own.kept));
}

/** Chance in what the peers' threads used and kept. */
const peersVariance = (parts: readonly Part[]): number =>
  sum(
    parts.map(({ place: { peers }, peersRate, share }) => {
      const { credits, kept } = summed(peers);
      return share ** 2 * Math.max(residualOf(peers, peersRate) / credits ** 2, leastVariance(kept));
    }),
  );

/** People, and their places, differ without anybody being unusual. The fewer of them are compared, the more that counts. */
function peopleVariance(parts: readonly Part[]): number {
  const shares = new Map<string, number>();
  for (const { place, share } of parts) {
    const { kept } = summed(place.peers);
    for (const peer of grouped(place.peers, ({ memberId }) => memberId)) {
      const peerId = peer[0].memberId;
      shares.set(peerId, (shares.get(peerId) ?? 0) + (share * summed(peer).kept) / kept);
    }
  }
  const ofPeople = SETTING.usualSpread ** 2 * (1 + sum([...shares.values()].map((share) => share ** 2)));
  return ofPeople + SETTING.placeSpread ** 2 * sum(parts.map(({ share }) => share ** 2));
}

const residualOf = (threads: readonly Thread[], rate: number) =>
  sum(threads.map(({ credits, kept }) => (credits - rate * kept) ** 2));
const leastVariance = (kept: number) => SETTING.keptSpreadMin ** 2 / Math.max(1, kept);

function rateOf(threads: readonly Thread[]): number {
  const { credits, kept } = summed(threads);
  return credits / kept;
}

const sum = (values: readonly number[]) => values.reduce((before, value) => before + value, 0);
