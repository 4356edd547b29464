import type { State } from '../state.ts';
import type { Change, EntryOf } from './apply.ts';

export function applySpending(
  { stop }: State,
  line: EntryOf<'spending_stopped'> | EntryOf<'spending_resumed'>,
): Change {
  const { at, by, commandId: stopId } = line;
  if (line.kind === 'spending_stopped') {
    const { brokenSeq, problem } = line;
    return { stop: { stopId, at, brokenSeq, problem, resumed: null } };
  }
  if (stop?.stopId !== line.stopId || stop.resumed) throw new Error(`resumes ${line.stopId}, which does not stand`);
  return { stop: { ...stop, resumed: { by, at } } };
}
