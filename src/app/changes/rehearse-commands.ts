import type { CommandBody } from '../../ledger/commands/commands.ts';
import { handleCommand } from '../../ledger/handle-command.ts';
import type { Refusal } from '../../ledger/refusals.ts';
import type { State } from '../../ledger/state.ts';
import type { AppContext } from '../context.ts';

type Rehearsing = { state: State; by: string; commands: readonly CommandBody[] };

/**
 * Decides several commands one after the other in memory, and lists the refusals. A form is then saved whole or not at all. A
 * command that changes nothing is no refusal. The ledger decides again when they are submitted.
 */
export function rehearseCommands({ clock }: AppContext, { state: now, by, commands }: Rehearsing): Refusal[] {
  let state = now;
  const refusals: Refusal[] = [];
  for (const [index, command] of commands.entries()) {
    const asked = { ...command, commandId: `rehearsal-${index + 1}`, by };
    const answered = handleCommand(state, asked, { now: clock.now(), commandHash: '' });
    state = answered.state;
    const refusal = answered.turnedAway ?? (answered.line.kind === 'refused' ? answered.line.refusal : null);
    if (refusal && refusal.reason !== 'nothing_changed') refusals.push(refusal);
  }
  return refusals;
}
