import type { Content } from '../kinds/kind.ts';
import { kindOf } from '../kinds/kinds.ts';
import type { Line } from '../lines.ts';

/** Whether a line states what its command asked for. Always where the line leaves some of that out. */
export function statesItsCommand(line: Line, hashOf: (content: unknown) => string): boolean {
  const contents = commandsOfLine(line);
  return contents.length === 0 || contents.some((content) => hashOf(content) === line.commandHash);
}

/**
 * What was asked for, as the line states it: the content that its command's hash was made of. Most lines state their command
 * word for word; the entries of the other kinds say which commands theirs may come from.
 */
export function commandsOfLine(line: Line): readonly Content[] {
  const { command, commands } = kindOf(line);
  if (commands) return commands(line);
  return command === undefined ? [] : [{ ...withoutEnvelope(line), by: line.by, kind: command } as Content];
}

function withoutEnvelope(
  line: Line,
): Omit<Line, 'workspace' | 'seq' | 'at' | 'commandId' | 'commandHash' | 'previousHash' | 'balances'> {
  const { workspace: _, seq: __, at: ___, commandId: ____, commandHash: _____, previousHash: ______, ...rest } = line;
  const { balances: _______, ...stated } = rest;
  return stated;
}
