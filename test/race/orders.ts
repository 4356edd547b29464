import type { Command } from '../../src/ledger/commands/commands.ts';

/** What the processes of a race are told, each order answered once, and what they say. */
export type Order =
  | { kind: 'open'; uri: string; workspace: string; at: number }
  /** All at once. */
  | { kind: 'submit'; commands: readonly Command[] }
  | { kind: 'close' };

export type Answered = {
  answers: { commandId: string; attempt: number; as: string; seq: number; reason: string | null }[];
};
