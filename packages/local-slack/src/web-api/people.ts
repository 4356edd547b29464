import type { Core } from '../core.ts';
import type { Json } from '../workspace.ts';
import { ApiError } from './api-error.ts';
import type { Arguments } from './arguments.ts';
import { page } from './pages.ts';

const PAGE_MAX = 1_000;

export function userInfo(core: Core, args: Arguments): Json {
  const person = core.state.people.get(args.text('user'));
  if (!person) throw new ApiError('user_not_found');
  return { user: core.personOnWire(person) };
}

export function userList(core: Core, args: Arguments): Json {
  const { items, next } = page(core.state.people.all(), args, { fallback: PAGE_MAX, max: PAGE_MAX });
  const members = items.map((person) => core.personOnWire(person));
  return { members, cache_ts: Math.floor(core.clock() / 1000), response_metadata: { next_cursor: next } };
}
