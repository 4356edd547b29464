import type { BlockElementAction } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import type { SetupView } from '../../app/messenger.ts';
import { bindChannelModal } from '../clients/bind-channel-form.ts';
import { clientModal } from '../clients/client-form.ts';
import { createClientModal } from '../clients/create-client-form.ts';
import { goneModal, mayNotModal } from '../kit/error-modals.ts';
import { type HomeLocation, readMetadata } from '../kit/home-metadata.ts';
import { openWhenReady } from '../kit/open-when-ready-listeners.ts';
import type { Deps } from '../platform/deps.ts';
import type { ClickListener } from '../platform/routes.ts';

/** Null: what the form would be about is not there any more. */
type Build = (setup: SetupView, hint: { pages: HomeLocation; words: readonly string[] }) => ModalView | null;

/** What opens from Home, by what is hinted in the button: a client's or a member's id. */
export const FORMS = {
  createClient: ({ maySetLimits, mayNotBind }, { pages }) =>
    createClientModal({ maySetLimits, mayNotBind, hint: { pages } }),
  client: (setup, { pages, words }) => clientModal({ setup, pages, clientId: words[0] ?? '' }),
  bindChannel: (setup, { pages, words }) => bindChannelModal({ setup, pages, channelId: words[0] ?? null }),
} as const satisfies Record<string, Build>;

/** Opens a form with what stands now, for whoever may set up now; whoever may not any more is told so. */
export const openSetUpForm =
  (deps: Deps, build: Build): ClickListener =>
  async ({ ack, body, client, action }) => {
    await ack();
    const hint = readMetadata(hintIn(action));
    await openForm(deps, client, {
      triggerId: body.trigger_id,
      by: body.user.id,
      build: (setup) => build(setup, hint),
    });
  };

/** For the client card: a form that also binds the channel the card is about. */
export async function openCreateClientModal(
  deps: Deps,
  client: WebClient,
  triggerId: string,
  { by, channelId }: { by: string; channelId: string },
): Promise<void> {
  const hint = { channelId, from: 'card' } as const;
  const build = ({ maySetLimits, mayNotBind }: SetupView) => createClientModal({ maySetLimits, mayNotBind, hint });
  await openForm(deps, client, { triggerId, by, build });
}

type Opening = { triggerId: string; by: string; build: (setup: SetupView) => ModalView | null };

async function openForm({ app, clock }: Deps, client: WebClient, { triggerId, by, build }: Opening): Promise<void> {
  const ready = app.showHome({ by }).then(({ setup }) => (setup ? (build(setup) ?? goneModal()) : mayNotModal()));
  await openWhenReady(client, clock, { triggerId, ready });
}

export function hintIn(action: BlockElementAction): string | undefined {
  if (action.type === 'button') return action.value;
  return action.type === 'overflow' ? action.selected_option.value : undefined;
}
