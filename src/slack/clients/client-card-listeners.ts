import { z } from 'zod';
import type { ChannelDecision } from '../../app/clients/bind-channel.ts';
import { decidedIn } from '../admin-forms/set-up-save.ts';
import { ACTIONS } from '../kit/ids.ts';
import { inChannelOf } from '../kit/sender.ts';
import { type Clicks, createClicks } from '../platform/delivery.ts';
import type { Deps } from '../platform/deps.ts';
import type { ClickListener, Routes } from '../platform/routes.ts';
import { refusalMessage } from '../refusals/refusal.ts';
import { channelOfCard } from './client-card.ts';

export function registerClientCard(routes: Routes, deps: Deps): void {
  const clicks = createClicks();
  routes.click(ACTIONS.cardClient, decide(deps, clicks, picked));
  routes.click(
    ACTIONS.cardNone,
    decide(deps, clicks, () => ({ kind: 'none' })),
  );
}

const choice = z.object({ selected_option: z.object({ value: z.string().min(1).max(120) }) });

const picked = (action: unknown): ChannelDecision => ({
  kind: 'client',
  clientId: choice.parse(action).selected_option.value,
});

/** The first decision stands: the same card may lie in front of five people. All of them see at once what was decided. */
const decide =
  (deps: Deps, clicks: Clicks, read: (action: unknown) => ChannelDecision): ClickListener =>
  async ({ ack, body, action }) => {
    await ack();
    const { app, channels, tell } = deps;
    const sender = inChannelOf(body);
    const [channelId, decision] = [channelOfCard(action), read(action)];
    const { deliveryId } = clicks.count(body, JSON.stringify([channelId, decision]));
    const changed = await app.bindChannel({ deliveryId, by: sender.memberId, channelId, decision, ifUnbound: true });
    if (changed.ok) return await app.runWaiting({ channelId });
    const audience = await channels.audience(sender.channelId, sender.memberId);
    const decided = await decidedIn(deps, sender.memberId, [changed.refusal]);
    const to = { readerId: sender.memberId, audience, clientName: null, helpers: [], decided };
    await tell(sender, refusalMessage(changed.refusal, to));
  };
