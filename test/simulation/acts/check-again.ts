import { EVERYBODY } from '../world/agency.ts';
import type { Act, MakeAct, Scene } from './scene.ts';

/** By the card that says that spending is stopped: whoever was told; now and then whoever found the button, or too late. */
const checkAgain: MakeAct = (scene) => {
  const { chance, slack } = scene;
  const shown = [...slack.cards.values()].flatMap(({ to, card }) => (card.kind === 'stop_card' ? [{ to, card }] : []));
  if (shown.length === 0) return null;
  const { to, card } = chance.pick(shown);
  return checkingAgain(scene, { by: chance.is(0.85) ? to : chance.pick(EVERYBODY), stopId: card.stop.stopId });
};

export function checkingAgain(
  { now, newDelivery, checkedAgain }: Pick<Scene, 'now' | 'newDelivery' | 'checkedAgain'>,
  { by, stopId }: { by: string; stopId: string },
): Act {
  const change = { deliveryId: newDelivery(), by, stopId };
  return {
    name: 'check again',
    async deliver(app) {
      const askedAt = now();
      checkedAgain(await app.resumeSpending(change), { stopId, askedAt });
    },
  };
}

export const STOPPING = { checkAgain };
