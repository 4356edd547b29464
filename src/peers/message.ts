import { z } from 'zod';
import type { Command } from '../ledger/commands/commands.ts';
import type { Line } from '../ledger/lines.ts';
import { isLine } from '../storage/journal/line.ts';
import type { HandOver, Reply } from './one-writer.ts';

/** What goes from process to process. What a command holds is checked as ever: by the ledger, and before a line is written. */
const handOver = z.object({
  workspace: z.string().min(1),
  term: z.int().min(1),
  rules: z.string(),
  commands: z
    .array(
      z.object({
        command: z.looseObject({ commandId: z.string().min(1), by: z.string().min(1), kind: z.string().min(1) }),
        commandHash: z.string().min(1),
        at: z.int(),
      }),
    )
    .min(1)
    .max(1_000),
  afterSeq: z.int().min(0),
});

const reply = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('done'),
    outcomes: z.array(z.enum(['stands', 'yours', 'failed', 'in_doubt'])),
    seq: z.int().min(0),
    lines: z.array(z.unknown()),
  }),
  z.object({ kind: z.literal('not_here') }),
]);

export const readHandOver = (text: string): HandOver | null => {
  const parsed = handOver.safeParse(json(text));
  if (!parsed.success) return null;
  const { commands, ...rest } = parsed.data;
  return { ...rest, commands: commands.map((each) => ({ ...each, command: each.command as unknown as Command })) };
};

export function readReply(text: string): Reply | null {
  const parsed = reply.safeParse(json(text)).data ?? null;
  return parsed?.kind === 'done' ? { ...parsed, lines: linesOf(parsed.lines) } : parsed;
}

/** None where one of them is no line: they are read in the journal instead. */
const linesOf = (values: readonly unknown[]): Line[] => (values.every(isLine) ? [...values] : []);

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
