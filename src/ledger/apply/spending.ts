import type { Change } from '../kinds/kind.ts';
import type { EntryOf } from '../lines.ts';
import type { State } from '../state.ts';

export function stop(_: State, line: EntryOf<'spending_stopped'>): Change {
  const { at, commandId: stopId, brokenSeq, problem } = line;
  return { stop: { stopId, at, brokenSeq, problem, resumed: null } };
}

export function resume({ stop: stopped }: State, { stopId, by, at }: EntryOf<'spending_resumed'>): Change {
  if (stopped?.stopId !== stopId || stopped.resumed) throw new Error(`resumes ${stopId}, which does not stand`);
  return { stop: { ...stopped, resumed: { by, at } } };
}
