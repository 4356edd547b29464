/**
 * A piece of a sentence. A string is words of ours. What a way out draws in its own manner is named by what it is: Slack
 * mentions a person and shows a moment in the reader's time zone, a statement prints both.
 */
export type Part =
  | string
  | { kind: 'strong'; text: string }
  /** What people call something. */
  | { kind: 'name'; text: string }
  /** Other words of people, cut to so many characters. */
  | { kind: 'written'; text: string; unitsMax: number }
  | { kind: 'member'; memberId: string }
  | { kind: 'channel'; channelId: string }
  | { kind: 'moment'; at: number };

export const strong = (text: string): Part => ({ kind: 'strong', text });
export const called = (text: string): Part => ({ kind: 'name', text });
export const written = (text: string, unitsMax: number): Part => ({ kind: 'written', text, unitsMax });
export const member = (memberId: string): Part => ({ kind: 'member', memberId });
export const channel = (channelId: string): Part => ({ kind: 'channel', channelId });
export const moment = (at: number): Part => ({ kind: 'moment', at });

/** `a, b and c`, of things that are several pieces each. */
export const listed = <Piece>(all: readonly (readonly Piece[])[], word: 'and' | 'or' = 'and'): (Piece | string)[] =>
  all.flatMap((each, at): readonly (Piece | string)[] =>
    at === 0 ? each : [at === all.length - 1 ? ` ${word} ` : ', ', ...each],
  );

/** `a, b and 4 more`. */
export function listedUpTo<Piece>(all: readonly Piece[], most: number): (Piece | string)[] {
  const shown = all.slice(0, most).flatMap((each, at) => (at === 0 ? [each] : [', ', each]));
  return all.length > most ? [...shown, ` and ${all.length - most} more`] : shown;
}

/** ` until 1 Dec`; empty for what has no end. */
export const until = (at: number | null): Part[] => (at === null ? [] : [' until ', moment(at)]);

const REASON_UNITS_MAX = 100;

/** A reason, where one was given. */
export const because = (reason: string): Part[] =>
  reason === '' ? [] : [': “', written(reason, REASON_UNITS_MAX), '”'];

type Named = 'client' | 'project' | 'team';

/** `The team Design was created`. */
export const created = (what: Named, name: string): Part[] => [`The ${what} `, called(name), ' was created'];

/** `Design was renamed Art`; `before` null where it is not known. */
export const renamed = (what: Named, before: string | null, after: string): Part[] =>
  before === null || before === after
    ? [`A ${what} was renamed `, called(after)]
    : [called(before), ' was renamed ', called(after)];
