import type { KnownBlock } from '@slack/types';
import type { ViewRequest } from '../blocks/check.ts';
import { withIds } from '../blocks/parts.ts';
import type { LocalSlackContext } from '../context.ts';
import type { Values } from '../view.ts';

type PlainText = { type: 'plain_text'; text: string; emoji?: boolean | undefined };

/** A view as the Web API answers it and as payloads carry it. */
export type SlackView = {
  id: string;
  team_id: string;
  type: 'modal' | 'home';
  blocks: KnownBlock[];
  private_metadata: string;
  callback_id: string;
  state: { values: Values };
  hash: string;
  title: PlainText | null;
  clear_on_close: boolean;
  notify_on_close: boolean;
  close: PlainText | null;
  submit: PlainText | null;
  previous_view_id: string | null;
  root_view_id: string;
  app_id: string;
  external_id: string;
  app_installed_team_id: string;
  bot_id: string;
};

export type Home = { view: SlackView; shownAt: number };

/** A view of the app's making; `place` keeps the identity of the one it replaces, or sets it above another. */
export function buildView(
  context: LocalSlackContext,
  request: ViewRequest,
  place: { id?: string; root?: string; previous?: string | null } = {},
): SlackView {
  const { workspace, ids, clock } = context;
  const viewId = place.id ?? ids.next('V');
  const modal = request.type === 'modal' ? request : null;
  return {
    id: viewId,
    team_id: workspace.teamId,
    type: request.type,
    blocks: withIds(request.blocks as KnownBlock[], () => ids.secret().slice(0, 5)),
    private_metadata: request.private_metadata ?? '',
    callback_id: request.callback_id ?? '',
    state: { values: {} },
    hash: `${Math.floor(clock() / 1000)}.${ids.secret().slice(0, 8)}`,
    title: modal?.title ?? null,
    clear_on_close: modal?.clear_on_close ?? false,
    notify_on_close: modal?.notify_on_close ?? false,
    close: modal?.close ?? null,
    submit: modal?.submit ?? null,
    previous_view_id: place.previous ?? null,
    root_view_id: place.root ?? viewId,
    app_id: workspace.appId,
    external_id: request.external_id ?? '',
    app_installed_team_id: workspace.teamId,
    bot_id: workspace.bot.botId,
  };
}
