import { ApiError } from './api-error.ts';
import type { Arguments } from './arguments.ts';

/** One page of a list; `next` is empty on the last. A cursor is opaque to the app, as Slack's. */
export function page<T>(
  all: readonly T[],
  args: Arguments,
  { fallback, max }: { fallback: number; max: number },
): { items: T[]; next: string } {
  const from = positionOf(args.text('cursor'));
  const to = from + args.limit(fallback, max);
  return { items: all.slice(from, to), next: to < all.length ? cursorAt(to) : '' };
}

function cursorAt(position: number): string {
  return Buffer.from(`position:${position}`).toString('base64');
}

function positionOf(cursor: string): number {
  if (cursor === '') return 0;
  const match = /^position:(\d+)$/.exec(Buffer.from(cursor, 'base64').toString());
  if (!match) throw new ApiError('invalid_cursor');
  return Number(match[1]);
}
