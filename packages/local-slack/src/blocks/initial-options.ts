import type { Json } from '../workspace.ts';
import { optionsOf } from './values.ts';

export const NOT_AMONG_OPTIONS = 'initial options must be among the options';

/** As Slack compares them: an option with the same value and other words is another one. */
export function startsAmongOptions(element: Json): boolean {
  const known = new Set((optionsOf(element) ?? []).map((one) => JSON.stringify(sorted(one))));
  const first = [element.initial_option ?? element.initial_options ?? []].flat() as Json[];
  return first.every((one) => known.has(JSON.stringify(sorted(one))));
}

/** Fields in one order, however the app wrote them. */
const sorted = (part: unknown): unknown =>
  typeof part === 'object' && part !== null
    ? Object.entries(part)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, value]) => [name, sorted(value)])
    : part;
