import { BookFault } from '../../../src/book/decide-batch.ts';
import type { Command } from '../../../src/ledger/commands/commands.ts';
import type { Answer, Line } from '../../../src/ledger/lines.ts';

/** Every answer of every book, beside what is durable: an id is answered once, for ever, and never before its line stands. */
export function createAnswers(lines: readonly Line[], complain: (complaint: string) => void) {
  const answered = new Map<string, { command: Command; seq: number }>();
  return {
    answer(command: Command, answer: Answer) {
      const { line } = answer;
      // What the burst limit turns away is counted, and not written.
      if (!line) return;
      const { commandId } = command;
      const stands = lines[line.seq - 1];
      if (stands?.commandId !== commandId) return complain(`${commandId} is answered by a line that does not stand`);
      // What is so already is done, and no deed.
      const isDone = stands.kind !== 'refused' || stands.refusal.reason === 'nothing_changed';
      if (stands.kind !== line.kind || answer.ok !== isDone) {
        complain(`${commandId} is answered ${answer.ok ? 'yes' : 'no'}, its line says ${stands.kind}`);
      }
      const earlier = answered.get(commandId);
      if (!earlier) return void answered.set(commandId, { command, seq: line.seq });
      if (!isSame(earlier.command, command)) complain(`${commandId} is answered, and was used for something else`);
      if (earlier.seq !== line.seq) complain(`${commandId} is answered by line ${line.seq}, before by ${earlier.seq}`);
    },
    fail(command: Command, error: unknown) {
      if (!(error instanceof BookFault && error.code === 'id_reused')) return;
      const earlier = answered.get(command.commandId);
      if (earlier && isSame(earlier.command, command))
        complain(`${command.commandId} was answered, and is refused its answer`);
    },
  };
}

const isSame = (one: Command, other: Command): boolean => contentOf(one) === contentOf(other);

const contentOf = (command: Command): string =>
  JSON.stringify(Object.entries(command).sort(([a], [b]) => (a < b ? -1 : 1)));
