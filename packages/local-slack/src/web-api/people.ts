import type { LocalSlackContext } from '../context.ts';
import type { Json } from '../workspace.ts';
import { ApiError } from './api-error.ts';
import type { Arguments } from './arguments.ts';
import { page } from './pages.ts';

const PAGE_MAX = 1_000;

export function userInfo(context: LocalSlackContext, args: Arguments): Json {
  const person = context.state.people.get(args.text('user'));
  if (!person) throw new ApiError('user_not_found');
  return { user: context.personOnWire(person) };
}

export function userList(context: LocalSlackContext, args: Arguments): Json {
  const { items, next } = page(context.state.people.all(), args, { fallback: PAGE_MAX, max: PAGE_MAX });
  const members = items.map((person) => context.personOnWire(person));
  return { members, cache_ts: Math.floor(context.clock() / 1000), response_metadata: { next_cursor: next } };
}
