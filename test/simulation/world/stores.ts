import type { Line } from '../../../src/ledger/lines.ts';
import { type Journal, JournalFault } from '../../../src/storage/journal/journal.ts';
import { createMemoryJournal } from '../../../src/storage/journal/memory.ts';
import type { JobStep } from '../../../src/storage/records/job-step.ts';
import { createMemoryRecords } from '../../../src/storage/records/memory.ts';
import { type Records, RecordsFault } from '../../../src/storage/records/records.ts';
import type { FaultKind } from './weather.ts';
import type { Sender, Wire } from './wire.ts';

/** Whoever looks on from outside hears of what is durable, when it is. */
export type StoreWitness = { lineStands(line: Line): void; stepStands(step: JobStep): void };

export type Stores = {
  journal: Journal;
  records: Records;
  /** What the database says of lines that somebody has edited there: null where a line cannot be read any more. */
  edited: Map<number, Line | null>;
  /** The same, as one process reaches them. */
  reachedBy(sender: Sender): { journal: Journal; records: Records };
};

const READS: readonly FaultKind[] = ['lost', 'late'];
const WRITES: readonly FaultKind[] = ['lost', 'late', 'answer_lost', 'doubled', 'overtaken'];
/** What takes something away once more, after somebody has put it back, would be another act. */
const REMOVALS: readonly FaultKind[] = ['lost', 'late', 'answer_lost'];

export function createStores({
  workspace,
  wire,
  witness,
}: {
  workspace: string;
  wire: Wire;
  witness: StoreWitness;
}): Stores {
  const memory = createMemoryJournal();
  const records = createMemoryRecords();
  const edited = new Map<number, Line | null>();
  let seenSeq = 0;

  const append = async (lines: readonly Line[], tears: boolean) => {
    if (tears) memory.failNext('torn');
    try {
      return await memory.append(lines);
    } finally {
      const fresh = await memory.read({ workspace, afterSeq: seenSeq, linesMax: 1_000 });
      seenSeq += fresh.length;
      for (const line of fresh) witness.lineStands(line);
    }
  };
  const appendStep = async (step: JobStep) => {
    const appended = await records.jobs.append(step);
    if (appended === 'appended') witness.stepStands(step);
    return appended;
  };

  return {
    journal: { ...memory, append: (lines) => append(lines, false) },
    records,
    edited,
    reachedBy(sender) {
      const onJournal = <Result>(verb: string, faults: readonly FaultKind[], act: () => Promise<Result>) =>
        wire<Result>(sender, { port: 'journal', verb, faults, act, failure: journalFailure, isLook: true });
      const read =
        <Query, Result>(verb: string, act: (query: Query) => Promise<Result>) =>
        (query: Query) =>
          onJournal(verb, READS, () => act(query));
      const linesOf =
        <Query>(look: (query: Query) => Promise<Line[]>) =>
        (query: Query) =>
          edited.size === 0 ? look(query) : look(query).then((lines) => asStored(lines, edited));
      return {
        journal: {
          append: (lines) =>
            wire<'appended' | 'taken'>(sender, {
              port: 'journal',
              verb: `append ${lines.map(({ seq, kind }) => `${seq} ${kind}`).join()}`,
              faults: lines.length > 1 ? [...WRITES, 'torn'] : WRITES,
              act: () => append(lines, false),
              half: () => append(lines, true),
              failure: journalFailure,
            }),
          read: read('read', linesOf(memory.read)),
          findCommands: read('find', linesOf(memory.findCommands)),
          lastSeq: read('last', memory.lastSeq),
          history: read('history', linesOf(memory.history)),
          workspaces: () => onJournal('workspaces', READS, memory.workspaces),
          close: async () => {},
        },
        records: wiredRecords(records, { sender, wire, appendStep }),
      };
    },
  };
}

/** Lines as they stand in the database by now, whatever was written there. */
function asStored(lines: Line[], edited: ReadonlyMap<number, Line | null>): Line[] {
  return lines.map((line) => {
    const stored = edited.get(line.seq);
    if (stored === null) throw new JournalFault('corrupt', { message: `line ${line.seq} is not JSON` });
    return stored ?? line;
  });
}

type Around = { sender: Sender; wire: Wire; appendStep: Records['jobs']['append'] };

function wiredRecords(records: Records, { sender, wire, appendStep }: Around): Records {
  const on =
    <Query, Result>(verb: string, faults: readonly FaultKind[], act: (query: Query) => Promise<Result>) =>
    (query: Query) => {
      const isLook = faults === READS;
      return wire<Result>(sender, {
        port: 'records',
        verb,
        faults,
        act: () => act(query),
        failure: recordsFailure,
        isLook,
      });
    };
  const { jobs, prompts, images, marks } = records;
  return {
    jobs: {
      append: (step) => on(`step ${step.jobId} ${step.stepNo} ${step.kind}`, WRITES, appendStep)(step),
      steps: on('steps', READS, jobs.steps),
      open: on('open', READS, jobs.open),
      latest: on('latest', READS, jobs.latest),
    },
    prompts: {
      put: on('prompt', WRITES, prompts.put),
      get: on('get prompt', READS, async (of) => namingIts(of.jobId, await prompts.get(of))),
      erase: on('erase prompt', REMOVALS, prompts.erase),
    },
    images: {
      put: on('bytes', WRITES, images.put),
      get: on('get bytes', READS, images.get),
      erase: on('erase bytes', REMOVALS, images.erase),
      expire: on('expire', REMOVALS, images.expire),
    },
    marks: {
      put: on('mark', WRITES, marks.put),
      get: on('get mark', READS, marks.get),
      remove: on('remove mark', REMOVALS, marks.remove),
      expire: on('expire marks', REMOVALS, marks.expire),
    },
    close: async () => {},
  };
}

/** So that whoever sees a request at the provider knows which job it is for, also where a prompt is used again. */
const namingIts = (jobId: string, prompt: string | null) => prompt?.replace(/^\S+/, jobId) ?? null;

function journalFailure(about: 'never' | 'perhaps'): never {
  throw new JournalFault(about === 'never' ? 'unavailable' : 'uncertain');
}

function recordsFailure(about: 'never' | 'perhaps'): never {
  throw new RecordsFault(about === 'never' ? 'unavailable' : 'uncertain');
}
