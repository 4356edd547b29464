import type { WorkRecord } from '../../src/reports/like-work.ts';
import type { Chance } from './agencies.ts';

/** How a planted designer uses more than peers: each on its own. */
export const HABITS = ['many re-rolls', 'first images at high quality', 'many at once'] as const;
export type Habit = (typeof HABITS)[number];

export type Team = {
  records: readonly WorkRecord[];
  memberIds: readonly string[];
  /** Fair, and at work for the client whose images take three times as many tries. */
  trapId: string;
  plantedId: string | null;
};

const WEEKS = 12;
const WEEK_MS = 7 * 86_400_000;
/** Credits of an image, by quality: about as the rate card has them. */
const CREDITS = { low: 1, medium: 4, high: 16 } as const;
const HARD = 3;
/** Of the planted one, against what is usual. */
const MORE_TRIES = 3;

type Quality = keyof typeof CREDITS;
type Project = { clientId: string; projectId: string | null; difficulty: number };
type Person = {
  memberId: string;
  skill: number;
  draftShare: number;
  atOnce: number;
  markShare: number;
  threads: number;
};

/**
 * A generated team over twelve weeks. People differ in skill, quality, how many images they ask for at once, how much they
 * do, and how often they mark; clients and projects in how hard they are. One of them is for the trap.
 */
export function team(chance: Chance, habit: Habit | null): Team {
  const { next, normal } = chance;
  const people = Array.from({ length: 5 + Math.floor(next() * 8) }, (_, index) => person(`U${index}`, chance));
  const clients = Array.from({ length: 3 + Math.floor(next() * 5) }, (_, index) => ({
    clientId: `client-${index}`,
    difficulty: (index === 0 ? HARD : 1) * Math.exp(0.3 * normal()),
  }));
  const projects = clients.flatMap(({ clientId, difficulty }): Project[] =>
    Array.from({ length: 2 + Math.floor(next() * 4) }, (_, index) => ({
      clientId,
      projectId: next() < 0.8 ? `${clientId}-${index}` : null,
      difficulty: difficulty * Math.exp(0.2 * normal()),
    })),
  );
  const [trap, planted] = people as [Person, Person];
  const records = people.flatMap((each) => {
    const where = each === trap ? trapShares(projects, chance) : shares(projects, chance);
    return workOf(each, each === planted ? habit : null, where, chance);
  });
  return {
    records,
    memberIds: people.map(({ memberId }) => memberId),
    trapId: trap.memberId,
    plantedId: habit ? planted.memberId : null,
  };
}

const person = (memberId: string, { next, normal }: Chance): Person => ({
  memberId,
  skill: Math.exp(0.12 * normal()),
  draftShare: 0.6 + 0.2 * next(),
  atOnce: 1 + next() * 1.5,
  // One of eight seldom marks anything.
  markShare: next() < 0.125 ? 0.35 : 0.8 + 0.2 * next(),
  threads: Math.round(120 * Math.exp(0.35 * normal())),
});

type Share = { project: Project; share: number };

/** Most people work for a few clients, and now and then for others. */
const shares = (projects: readonly Project[], { next }: Chance): Share[] =>
  projects.map((project) => ({ project, share: next() < 0.5 ? 0.1 + next() : 0.02 }));

/** Nearly all for the hard client, where others hardly work. */
const trapShares = (projects: readonly Project[], { next }: Chance): Share[] =>
  projects.map((project) => ({ project, share: project.clientId === 'client-0' ? 1 + next() : 0.05 }));

function workOf(person: Person, habit: Habit | null, where: readonly Share[], chance: Chance): WorkRecord[] {
  const all = where.reduce((sum, { share }) => sum + share, 0);
  return Array.from({ length: person.threads }, (_, index) => {
    let left = chance.next() * all;
    const found = where.find(({ share }) => {
      left -= share;
      return left < 0;
    });
    const threadKey = `${person.memberId}/${index}`;
    return found ? thread({ person, habit, threadKey, project: found.project }, chance) : [];
  }).flat();
}

type Job = { person: Person; habit: Habit | null; threadKey: string; project: Project };

/** An idea, its iterations and the image that is delivered: in each, requests until enough images were kept. */
function thread(job: Job, { next, normal }: Chance): WorkRecord[] {
  const { person, habit, threadKey, project } = job;
  const { memberId } = person;
  const isMarked = next() < person.markShare;
  const beginsAt = next() * WEEKS * WEEK_MS;
  const luck = Math.exp(0.35 * normal());
  const records: WorkRecord[] = [];
  const ask = (stage: WorkRecord['stage'], quality: Quality, images: number, keptCount: number) => {
    const at = beginsAt + records.length * 90_000;
    const { clientId, projectId } = project;
    const of = { memberId, clientId, projectId, stage, model: 'gpt-image-2', quality, at, threadKey };
    const some = (count: number, mark: WorkRecord['mark']) =>
      count > 0 &&
      records.push({ ...of, images: count, credits: count * CREDITS[quality], mark: isMarked ? mark : null });
    some(keptCount, stage === 'final' ? 'final' : 'kept');
    some(images - keptCount, next() < 0.3 ? 'discarded' : null);
  };
  for (const [stage, mostTries, wanted] of [
    ['concept', 5, 1 + Math.floor(next() * 2)],
    ['iteration', 4, 1],
    ['final', 2, next() < 0.6 ? 1 : 0],
  ] as const) {
    // Some ideas lead nowhere.
    if (stage !== 'concept' && next() < 0.15) break;
    const skill = habit === null ? person.skill : habit === 'many re-rolls' ? MORE_TRIES : 1;
    const perKept = Math.max(1, mostTries * 0.6 * project.difficulty * skill * luck);
    let kept = 0;
    for (let tries = 0; kept < wanted && tries < 80; ) {
      const images = imagesAtOnce(person, habit, next);
      const quality = qualityOf(stage, person, habit, next);
      let keptNow = 0;
      for (let image = 0; image < images; image += 1)
        // Of many at once, the later ones are seldom looked at twice.
        if (kept + keptNow < wanted && next() < 1 / perKept && (habit !== 'many at once' || image < 2)) keptNow += 1;
      ask(stage, quality, images, keptNow);
      kept += keptNow;
      tries += images;
    }
  }
  return records;
}

function imagesAtOnce({ atOnce }: Person, habit: Habit | null, next: () => number): number {
  if (habit === 'many at once') return 4 + Math.floor(next() * 3);
  return Math.max(1, Math.min(4, Math.round(atOnce + next() - 0.5)));
}

function qualityOf(
  stage: WorkRecord['stage'],
  { draftShare }: Person,
  habit: Habit | null,
  next: () => number,
): Quality {
  if (stage === 'final') return 'high';
  if (habit === 'first images at high quality') return next() < 0.75 ? 'high' : 'medium';
  return next() < draftShare ? 'low' : next() < 0.9 ? 'medium' : 'high';
}
