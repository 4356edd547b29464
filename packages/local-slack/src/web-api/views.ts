import { checkView, type ViewRequest } from '../blocks/check.ts';
import type { LocalSlackContext } from '../context.ts';
import type { Trigger } from '../deliveries/triggers.ts';
import { fileRule } from '../files.ts';
import { STACK_MAX } from '../views/modals.ts';
import { buildView, type SlackView } from '../views/slack-view.ts';
import type { Json } from '../workspace.ts';
import { ApiError, InjectedError, invalidArguments } from './api-error.ts';
import type { Arguments } from './arguments.ts';

const VIEW_BYTES_MAX = 250_000;

export function openView(context: LocalSlackContext, args: Arguments): Json {
  const request = readView(context, args.json('view'), 'modal');
  const { userId } = exchange(context, args);
  const view = buildView(context, request);
  context.modals.open(userId, view);
  context.changes.tell('state', [userId]);
  return { view };
}

/** Only from within a modal: the trigger must come from a click or a submission there. */
export function pushView(context: LocalSlackContext, args: Arguments): Json {
  const request = readView(context, args.json('view'), 'modal');
  const { userId, isFromModal } = exchange(context, args);
  const below = context.modals.top(userId)?.view;
  if (!below || !isFromModal) throw new ApiError('not_found');
  const view = pushed(context, userId, { request, below });
  return { view };
}

export function updateView(context: LocalSlackContext, args: Arguments): Json {
  const [viewId, externalId] = [args.text('view_id'), args.text('external_id')];
  const open = context.modals.find(({ id, external_id }) =>
    viewId === '' ? external_id === externalId : id === viewId,
  );
  if (!open || (viewId === '' && externalId === '')) throw new ApiError('not_found');
  const request = readView(context, args.json('view'), 'modal', open.modal.view.id);
  if (args.has('hash') && args.text('hash') !== open.modal.view.hash) throw new ApiError('hash_conflict');
  return { view: replaced(context, open.userId, { request, old: open.modal.view }) };
}

export function publishView(context: LocalSlackContext, args: Arguments): Json {
  const { state, changes, clock, manifest } = context;
  if (!manifest.hasHome) throw new ApiError('not_enabled');
  const userId = args.text('user_id');
  if (!state.people.get(userId)) throw invalidArguments(['invalid `user_id`']);
  const request = readView(context, args.json('view'), 'home');
  const old = state.homes.get(userId)?.view;
  if (args.has('hash') && args.text('hash') !== (old?.hash ?? '')) throw new ApiError('hash_conflict');
  const view = buildView(context, request, old ? { id: old.id } : {});
  state.homes.put(userId, { view, shownAt: clock() });
  changes.tell('state', [userId]);
  return { view };
}

/** A view as an app sent it; `ownId` is the open view that may keep its external id. */
export function readView(
  context: LocalSlackContext,
  given: unknown,
  type: 'modal' | 'home',
  ownId: string | null = null,
): ViewRequest {
  if (typeof given !== 'object' || given === null) throw invalidArguments(['missing required field: view']);
  if (Buffer.byteLength(JSON.stringify(given)) > VIEW_BYTES_MAX) throw new ApiError('view_too_large');
  const { blocks } = given as { blocks?: unknown };
  const unknown = context.faults.unknownBlocks(Array.isArray(blocks) ? blocks : [], '/view/blocks');
  if (unknown.length > 0) throw invalidArguments(unknown, InjectedError);
  const checked = checkView(given, type, fileRule(context));
  if (!checked.ok) throw invalidArguments(checked.problems);
  const { external_id: externalId = '' } = checked.value;
  const taken = externalId === '' ? null : context.modals.find((view) => view.external_id === externalId);
  if (taken && taken.modal.view.id !== ownId) throw new ApiError('duplicate_external_id');
  return checked.value;
}

export function pushed(
  context: LocalSlackContext,
  userId: string,
  { request, below }: { request: ViewRequest; below: SlackView },
) {
  if (context.modals.stack(userId).length >= STACK_MAX) throw new ApiError('push_limit_reached');
  const view = buildView(context, request, { root: below.root_view_id, previous: below.id });
  context.modals.push(userId, view);
  context.changes.tell('state', [userId]);
  return view;
}

export function replaced(
  context: LocalSlackContext,
  userId: string,
  { request, old }: { request: ViewRequest; old: SlackView },
) {
  const view = buildView(context, request, { id: old.id, root: old.root_view_id, previous: old.previous_view_id });
  context.modals.replace(userId, view);
  context.changes.tell('state', [userId]);
  return view;
}

function exchange(context: LocalSlackContext, args: Arguments): Trigger {
  const trigger = context.triggers.exchange(args.text('trigger_id'));
  if (typeof trigger === 'string') throw new ApiError(trigger);
  return trigger;
}
