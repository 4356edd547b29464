import type { Line } from '../../src/ledger/lines.ts';
import type { State } from '../../src/ledger/state.ts';
import { Verifier } from '../../src/ledger/verify/verifier.ts';
import { contentHash } from '../../src/ports/content-hash.ts';
import type { OpenStores } from '../../src/start/folder-stores.ts';
import { foldJob } from '../../src/storage/records/fold-job.ts';
import type { Job } from '../../src/storage/records/job.ts';
import type { JobStep } from '../../src/storage/records/job-step.ts';
import { auditLedger } from './audit-ledger.ts';
import { auditPeople } from './audit-people.ts';
import { grouped } from './grouped.ts';
import { PROMPT_MARK, SECRET, WORKSPACE } from './life.ts';
import type { Outside } from './outside.ts';
import type { Played } from './scenario.ts';

/** What is left when all is over, read from the stores by somebody who had no part in it. */
export type Left = {
  lines: readonly Line[];
  state: State;
  jobs: ReadonlyMap<string, Job>;
  steps: readonly JobStep[];
  marks: ReadonlyMap<string, string>;
  /** Jobs that have a prompt, and images that have bytes. */
  kept: ReadonlySet<string>;
};

export type Findings = { problems: string[]; saidTwice: number };

const LINES_MAX = 100_000;

export async function audit(played: Played, outside: Outside, stores: OpenStores): Promise<Findings> {
  const problems: string[] = [];
  const lines = await stores.journal.read({ workspace: WORKSPACE, afterSeq: 0, linesMax: LINES_MAX });
  const verifier = new Verifier(WORKSPACE, contentHash);
  for (const line of lines) verifier.add(line);
  const verified = verifier.result();
  if (!verified.ok)
    return { problems: [`the journal does not verify: line ${verified.seq} ${verified.problem}`], saidTwice: 0 };
  const left = { lines, state: verified.state, ...(await recordsIn(stores)) };
  problems.push(...auditProcesses(played), ...auditPromises(played, left), ...auditLedger(left, outside));
  const { problems: ofPeople, saidTwice } = auditPeople(played, left, outside);
  return { problems: [...problems, ...ofPeople], saidTwice };
}

async function recordsIn({ records }: OpenStores): Promise<Pick<Left, 'jobs' | 'steps' | 'marks' | 'kept'>> {
  const steps: JobStep[] = [];
  const marks = new Map<string, string>();
  const kept = new Set<string>();
  for await (const record of records.all()) {
    if (record.kind === 'step') steps.push(record.step);
    if (record.kind === 'mark') marks.set(record.mark.key, record.mark.value);
    if (record.kind === 'prompt') kept.add(record.prompt.jobId);
    if (record.kind === 'image') kept.add(record.image.imageId);
  }
  const byJob = grouped(steps, ({ jobId }) => jobId);
  const jobs = new Map<string, Job>();
  for (const [jobId, of] of byJob) {
    const job = foldJob(of.toSorted((a, b) => a.stepNo - b.stepNo));
    if (job) jobs.set(jobId, job);
  }
  return { jobs, steps, marks, kept };
}

/** Processes end by being killed, or when they are done; what they log has neither prompts nor secrets. */
function auditProcesses({ lives, cutOff }: Played): string[] {
  return lives.flatMap(({ life, code, signal, log, said }) => {
    const found: string[] = [];
    const asItShould = life.doom.kind === 'none' ? code === 0 : signal === 'SIGKILL';
    if (!asItShould) found.push(`${life.name} ended with ${signal ?? code}: ${log.slice(-1_500)}`);
    if (log.includes(PROMPT_MARK) || log.includes(SECRET)) found.push(`${life.name} logs what it must not`);
    const threw = said.flatMap((each) => (each.say === 'threw' ? each.code : []));
    if (threw.length > 0 && life.doom.kind === 'none') found.push(`the last process failed: ${threw.join()}`);
    if (threw.length > 0 && !cutOff.has(life.name))
      found.push(`${life.name} failed although nothing had: ${threw.join()}`);
    return found;
  });
}

/** What a process was told is durable is there, and what was delivered again changed nothing. */
function auditPromises({ lives, did }: Played, { lines, steps, jobs }: Left): string[] {
  const problems: string[] = [];
  const stepKeys = new Set(steps.map(({ jobId, stepNo }) => `${jobId} ${stepNo}`));
  for (const { life, said } of lives) {
    for (const each of said) {
      if (each.say === 'line' && lines[each.seq - 1]?.commandId !== each.commandId) {
        problems.push(`line ${each.seq} (${each.commandId}) of ${life.name} was durable, and is not there`);
      }
      if (each.say === 'step' && !stepKeys.has(`${each.jobId} ${each.stepNo}`)) {
        problems.push(`step ${each.stepNo} of ${each.jobId} of ${life.name} was durable, and is not there`);
      }
    }
  }
  const commandIds = new Set(lines.map(({ commandId }) => commandId));
  for (const act of did) {
    if (act.kind === 'image' && !jobs.has(act.deliveryId))
      problems.push(`${act.deliveryId} was answered, and is not there`);
    const isChange = 'deliveryId' in act && act.kind !== 'image';
    if (isChange && !commandIds.has(act.deliveryId))
      problems.push(`${act.kind} ${act.deliveryId} was answered, and has no line`);
  }
  const [before, after] = lives.at(-1)?.said.flatMap((each) => (each.say === 'seq' ? each.seq : [])) ?? [];
  if (before === undefined || before !== after) {
    const more = lines.slice(before).map(({ kind, commandId }) => `${kind} ${commandId}`);
    problems.push(`delivered again: ${before} lines became ${after}: ${more.join()}`);
  }
  return problems;
}
