import { fold } from '../../src/ledger/apply/apply.ts';
import type { Command } from '../../src/ledger/commands/commands.ts';
import { handleCommand } from '../../src/ledger/handle-command.ts';
import { contentOf, type Line } from '../../src/ledger/lines.ts';
import { emptyState, type State } from '../../src/ledger/state.ts';
import { contentHash } from '../../src/ports/content-hash.ts';
import { MONDAY } from './clock.ts';
import { type Asked, commandOf, WORKSPACE } from './fixtures.ts';

export type Step = Asked | Line;

export type History = { state: State; lines: readonly Line[] };

/** The lines of the steps and the state that they leave. Throws where one is refused. */
export function historyOf(
  steps: readonly Step[],
  from: History = { state: emptyState(WORKSPACE), lines: [] },
): History {
  let { state } = from;
  const lines = [...from.lines];
  for (const step of steps) {
    if ('seq' in step) {
      state = fold(state, [step]);
      lines.push(step);
      continue;
    }
    const answered = answerTo(state, step);
    if (answered.line.kind === 'refused') {
      throw new Error(`given ${step.kind}, which is refused: ${JSON.stringify(answered.line.refusal)}`);
    }
    ({ state } = answered);
    lines.push(answered.line);
  }
  return { state, lines };
}

/** The answer to one command, at its time, or when the last line was written. */
export function answerTo(state: State, asked: Asked): { line: Line; state: State } {
  const command: Command = commandOf(asked, asked.commandId ?? `c${state.seq + 1}`);
  const now = asked.at ?? (state.lastAt || MONDAY);
  const answered = handleCommand(state, command, { now, commandHash: contentHash(contentOf(command)) });
  if (!answered.line) throw new Error(`turned away: ${JSON.stringify(answered.turnedAway)}`);
  return answered;
}
