import type { AppContext } from '../context.ts';
import { onceMarker, putOnceMarker } from '../once/once-markers.ts';

/**
 * The numbered states of one alert, each a mark that is put once: of several processes that see a change one writes it, and
 * the others read it.
 */
export async function readStates<State>(context: AppContext, key: string, known: readonly State[]): Promise<State[]> {
  const states = [...known];
  for (;;) {
    const value = await onceMarker(context, stateKey(key, states.length + 1));
    if (value === null) return states;
    states.push(JSON.parse(value) as State);
  }
}

/** The states with one more; with that of another process, where it was quicker. */
export async function addState<State>(
  context: AppContext,
  { key, states, next }: { key: string; states: readonly State[]; next: State },
): Promise<State[]> {
  const put = await putOnceMarker(context, stateKey(key, states.length + 1), JSON.stringify(next));
  return put === 'put' ? [...states, next] : await readStates(context, key, states);
}

const stateKey = (key: string, stateNo: number) => `${key}/${stateNo}`;
