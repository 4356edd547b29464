import type { ApproveChoice } from '../../../src/app/approvals/answer-request.ts';
import { type LimitName, limitName } from '../../../src/ledger/accounts.ts';
import type { ExceededLimit } from '../../../src/ledger/state.ts';

import { EVERYBODY } from '../world/agency.ts';
import { type MakeAct, requester, type Scene, somebody } from './scene.ts';

type Shown = {
  requestId: string;
  memberId: string;
  to: string;
  exceeded: readonly ExceededLimit[];
  requestedCredits: number;
};

/** An open request, now and then one that has ended, as somebody sees it on a card of theirs. */
function cardAtChance({ chance, told, slack }: Scene): Shown | null {
  const open = [...told.requests].filter(([, { ends }]) => ends.length === 0);
  const all = open.length === 0 || chance.is(0.08) ? [...told.requests] : open;
  if (all.length === 0) return null;
  const [requestId, { line }] = chance.pick(all);
  const cards = [...slack.cards.values()].flatMap(({ to, card }) => {
    return card.kind === 'request_card' && card.requestId === requestId ? [{ to, card }] : [];
  });
  const { memberId, requestedCredits } = line;
  if (cards.length === 0)
    return { requestId, memberId, to: chance.pick(EVERYBODY), exceeded: line.exceeded, requestedCredits };
  const { to, card } = chance.pick(cards);
  const by = to.startsWith('U') ? to : (card.approverIds[0] ?? memberId);
  return { requestId, memberId, to: by, exceeded: card.exceeded, requestedCredits };
}

/** Mostly whoever was asked; now and then the one who asked for it, or somebody who found a button. */
function clicker({ chance }: Scene, { to, memberId }: Shown): string {
  return chance.is(0.85) ? to : chance.is(0.4) ? memberId : chance.pick(EVERYBODY);
}

const approve: MakeAct = (scene) => {
  const shown = cardAtChance(scene);
  if (!shown) return null;
  const deliveryId = scene.newDelivery();
  const seen: LimitName[] = scene.chance.is(0.05) ? [] : shown.exceeded.map(limitName);
  const decision = {
    deliveryId,
    requester: requester(clicker(scene, shown), 'D0', deliveryId),
    requestId: shown.requestId,
    how: howAtChance(scene, shown),
    seen,
  };
  return { name: 'approve', deliver: (app) => app.approveRequest(decision) };
};

function howAtChance({ chance, told, now }: Scene, { exceeded, requestedCredits }: Shown): ApproveChoice {
  const untilDate = new Date(now() + chance.int(0, 3) * 86_400_000).toISOString().slice(0, 10);
  switch (chance.weighted({ once: 7, until: 2, raise: 2 })) {
    case 'once':
      return { kind: 'once' };
    case 'until':
      return { kind: 'until', amountCredits: requestedCredits + chance.int(0, 20), untilDate };
    case 'raise':
      return {
        kind: 'raise',
        limits: exceeded.map(({ account, window }) => {
          const set = told.settings.findLast((each) => each.account === account && each.window === window);
          return { account, window, limitCredits: (set?.limitCredits ?? 0) + requestedCredits + chance.int(0, 30) };
        }),
      };
  }
}

const deny: MakeAct = (scene) => {
  const shown = cardAtChance(scene);
  if (!shown) return null;
  const deliveryId = scene.newDelivery();
  const { requestId } = shown;
  const decision = {
    deliveryId,
    requester: requester(clicker(scene, shown), 'D0', deliveryId),
    requestId,
    reason: 'Not now.',
  };
  return { name: 'deny', deliver: (app) => app.denyRequest(decision) };
};

const withdraw: MakeAct = (scene) => {
  const shown = cardAtChance(scene);
  if (!shown) return null;
  const deliveryId = scene.newDelivery();
  const by = scene.chance.is(0.8) ? shown.memberId : scene.chance.pick(EVERYBODY);
  const decision = { deliveryId, requester: requester(by, 'D0', deliveryId), requestId: shown.requestId };
  return { name: 'withdraw', deliver: (app) => app.withdrawRequest(decision) };
};

const coach: MakeAct = (scene) => {
  const shown = cardAtChance(scene);
  if (!shown) return null;
  const deliveryId = scene.newDelivery();
  const decision = {
    deliveryId,
    requester: requester(clicker(scene, shown), 'D0', deliveryId),
    requestId: shown.requestId,
  };
  return { name: 'coach', deliver: (app) => app.coachRequester(decision) };
};

const openForm: MakeAct = (scene) => {
  const shown = cardAtChance(scene);
  if (!shown) return null;
  const look = requester(clicker(scene, shown), 'D0', scene.newDelivery());
  const { requestId } = shown;
  return { name: 'open form', deliver: (app) => app.openRequest({ requester: look, requestId, action: 'approve' }) };
};

const delegate: MakeAct = (scene) => {
  const { chance } = scene;
  const deliveryId = scene.newDelivery();
  const by = somebody(scene, ['manager', 'owner']);
  const untilDate = new Date(scene.now() + chance.int(0, 3) * 86_400_000).toISOString().slice(0, 10);
  const away = chance.is(0.8) ? { toId: chance.pick(EVERYBODY), untilDate } : null;
  return { name: 'delegate', deliver: (app) => app.setDelegate({ deliveryId, by, away }) };
};

export const DECIDING = { approve, deny, withdraw, coach, openForm, delegate };
