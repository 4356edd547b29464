import { recoverJobs } from '../../src/app/images/recover-jobs.ts';
import { runWaiting } from '../../src/app/images/run-waiting.ts';
import type { ImageInput } from '../../src/app/inputs.ts';
import type { CommandBody } from '../../src/ledger/commands/commands.ts';
import { createMemoryJournal } from '../../src/storage/journal/memory.ts';
import { openSqliteJournal } from '../../src/storage/journal/sqlite.ts';
import { createMemoryRecords } from '../../src/storage/records/memory.ts';
import { openSqliteRecords } from '../../src/storage/records/sqlite.ts';
import { imageInput } from './image-input.ts';
import { bindChannel, requestImage } from './verbs.ts';
import { CLIENT, MARCUS, OLIVIA, type Stores, type TestWorld, UNBOUND } from './world.ts';

/** The stores of one process, by name; `next` names a new file. */
export const STORES: readonly [string, (next: () => string) => Stores][] = [
  ['memory', () => ({ journal: createMemoryJournal(), records: createMemoryRecords() })],
  ['SQLite', (next) => ({ journal: openSqliteJournal(next()), records: openSqliteRecords(next()) })],
];

/** What is told, made and done about prompts in the channel that has no client. */
export function waitingIn(world: TestWorld) {
  const submit = async (by: string, command: CommandBody) => {
    const answer = await world.book.submit({ commandId: world.newId(), by, ...command });
    if (!answer.ok) throw new Error(JSON.stringify(answer.refusal));
  };
  const bind = async (clientId: string | null) => {
    const decision = clientId === null ? ({ kind: 'none' } as const) : ({ kind: 'client', clientId } as const);
    await bindChannel(world, { deliveryId: 'd1', by: MARCUS, channelId: UNBOUND, decision, ifUnbound: true });
  };
  return {
    submit,
    bind,
    ask: (given: Partial<ImageInput> & { by?: string } = {}) =>
      requestImage(world, imageInput({ channelId: UNBOUND, ...given })),
    /** As a card does: what waits goes on at once. */
    decide: async (clientId: string | null = CLIENT) => {
      await bind(clientId);
      await runWaiting(world, { channelId: UNBOUND });
    },
    sweep: () => recoverJobs(world, { alone: true }),
    notes: () => world.messenger.told.map(({ note }) => note),
    notRun: () => world.messenger.told.flatMap(({ note }) => (note.kind === 'not_run' ? [note] : [])),
    prompts: () => world.maker.requests.map(({ prompt }) => prompt).sort(),
    price: (creditValueMicroUsd: number) =>
      submit(OLIVIA, { kind: 'set_policy', policy: { name: 'creditValueMicroUsd', value: creditValueMicroUsd } }),
  };
}
