import type { Act, Life, StoreAt, Thread } from './life.ts';
import { WORKSPACE } from './life.ts';
import type { Outside } from './outside.ts';
import type { Plan, PlannedLife, Round } from './plan.ts';
import { type Ended, type Running, startLife } from './process.ts';

/** What a scenario is played on; `killServer` only where there is a server of its own. */
export type Stage = {
  program: string;
  at: StoreAt;
  url: string;
  outside: Outside;
  killServer: (() => Promise<void>) | null;
};

export type Played = {
  lives: readonly Ended[];
  /** Names of those that were cut off in what they did: killed, or their server was. */
  cutOff: ReadonlySet<string>;
  kills: number;
  /** What was done, as its process said. */
  did: readonly Act[];
};

const MINUTE_MS = 60_000;
const SWEEP: Act = { kind: 'sweep' };
const CRON: Act = { kind: 'cron' };
const later = (ms: number): Act => ({ kind: 'later', ms });

/** Leases run out, holds reach their deadlines, requests lapse, what was cut off is done again: then nothing is left. */
const RECOVERY: Thread = [
  SWEEP,
  later(20 * MINUTE_MS),
  SWEEP,
  later(70 * MINUTE_MS),
  SWEEP,
  later(25 * 60 * MINUTE_MS),
  SWEEP,
  CRON,
  later(20 * MINUTE_MS),
  SWEEP,
  CRON,
];

/** Kills what the plan says, and lets one last process recover; it also sees everything delivered once more. */
export async function play(plan: Plan, stage: Stage): Promise<Played> {
  const lives: Ended[] = [];
  const cutOff = new Set<string>();
  const did: Act[] = [];
  let kills = 0;
  let laterMs = 0;
  let undone: Thread[] = [];

  const runRound = async (round: Round, roundNo: number) => {
    laterMs += round.jumpMs;
    // A command is not delivered again by Slack, an event is. A button that is still there is clicked again.
    const again = undone.filter((thread) => plan.chance.below(10) < 6 || hasButton(thread)).map(withoutTime);
    const planned = round.lives.map((life, n) => (n === 0 ? { ...life, threads: [...again, ...life.threads] } : life));
    const running = planned.map((life, n) =>
      startLife(stage.program, lifeOf(life, `r${roundNo}p${n}`, { stage, laterMs, plan })),
    );
    const killing = round.serverKilledAfterMs === null ? null : killServerIn(round.serverKilledAfterMs, stage);
    const ended = await Promise.all(running.map((each, n) => end(each, planned[n] as PlannedLife)));
    const serverKilled = (await killing) === true;
    kills += ended.filter(({ signal }) => signal === 'SIGKILL').length + Number(serverKilled);
    for (const each of ended) if (serverKilled || each.signal === 'SIGKILL') cutOff.add(each.life.name);
    lives.push(...ended);
    did.push(...ended.flatMap(doneBy));
    undone = ended.flatMap(undoneBy);
    laterMs += Math.max(...ended.map(timeOf));
  };

  for (const [roundNo, round] of plan.rounds.entries()) await runRound(round, roundNo);
  const leftOver = undone.flatMap(withoutTime);
  const again: Act[] = [{ kind: 'again' }, ...did.filter(isDelivery), SWEEP, { kind: 'again' }];
  const last: PlannedLife = {
    doom: { kind: 'none' },
    threads: [[...leftOver, ...RECOVERY, ...again]],
    killedAfterMs: null,
  };
  await runRound({ jumpMs: 0, lives: [last], serverKilledAfterMs: null }, plan.rounds.length);
  return { lives, cutOff, kills, did };
}

function lifeOf(
  planned: PlannedLife,
  name: string,
  { stage, laterMs, plan }: { stage: Stage; laterMs: number; plan: Plan },
): Life {
  const { doom, threads } = planned;
  const { at, url } = stage;
  return {
    name,
    workspace: WORKSPACE,
    store: at,
    outside: url,
    laterMs,
    alone: plan.store === 'sqlite',
    doom,
    threads,
  };
}

async function end(running: Running, { doom, killedAfterMs }: PlannedLife): Promise<Ended> {
  if (doom.kind !== 'none') {
    // What did not come to the point that it was to die at dies when it has nothing more to do.
    void running.idle.then(running.kill);
    if (killedAfterMs !== null) setTimeout(running.kill, killedAfterMs);
  }
  return await running.ended;
}

/** Where there is no server of our own, nobody's is killed. */
async function killServerIn(ms: number, { killServer }: Stage): Promise<boolean> {
  if (!killServer) return false;
  await new Promise((resolve) => setTimeout(resolve, ms));
  await killServer();
  return true;
}

const hasButton = (thread: Thread) => thread.some(({ kind }) => kind === 'delete');
const OF_NOBODY: ReadonlySet<Act['kind']> = new Set(['later', 'pause', 'sweep', 'cron', 'again']);
const isDelivery = ({ kind }: Act) => !OF_NOBODY.has(kind);
const withoutTime = (thread: Thread): Thread => thread.filter(({ kind }) => kind !== 'later');

function doneBy({ life, said }: Ended): Act[] {
  return said.flatMap((each) => (each.say === 'did' ? (life.threads[each.thread]?.[each.act] ?? []) : []));
}

/** Each thread from the first act on that was not done: nobody was answered, or they were told to try again. */
function undoneBy({ life, said }: Ended): Thread[] {
  return life.threads.flatMap((thread, index) => {
    const done = new Set(said.flatMap((each) => (each.say === 'did' && each.thread === index ? each.act : [])));
    const rest = thread.slice(thread.findIndex((_, act) => !done.has(act)));
    return done.size < thread.length && rest.some(isDelivery) ? [rest] : [];
  });
}

const timeOf = ({ said }: Ended): number => said.reduce((sum, each) => sum + (each.say === 'later' ? each.ms : 0), 0);
