import { z } from 'zod';
import { valueIn } from '../kit/form/form.ts';
import { refusedNotice } from '../kit/form/home-answer.ts';
import type { HomeBanner } from '../kit/home-banner.ts';
import { ACTIONS } from '../kit/ids.ts';
import { message } from '../kit/message.ts';
import { replyToOf } from '../kit/sender.ts';
import { deliveryId } from '../platform/delivery.ts';
import type { Deps } from '../platform/deps.ts';
import type { ClickListener, Routes } from '../platform/routes.ts';

/** The button of a ledger that is dated ahead, on its card and in Home. */
export function registerClock(routes: Routes, deps: Deps): void {
  routes.click(ACTIONS.clockCorrect, correct(deps));
}

const CORRECTED: HomeBanner = {
  kind: 'said',
  said: [['The ledger’s time is right again. Inkwell makes images again.']],
};

const inHome = z.object({ view: z.object({ type: z.literal('home') }) });

const correct =
  ({ app, publish, tell }: Deps): ClickListener =>
  async ({ ack, body, client, action }) => {
    await ack();
    const by = body.user.id;
    const wrongAt = Number(valueIn(action)) || 0;
    const changed = await app.correctClock({ deliveryId: deliveryId(body), by, wrongAt });
    const notice = changed.ok ? CORRECTED : refusedNotice((await app.showHome({ by })).setup, by, changed.refusal);
    await publish(client, by, { notices: [notice] });
    if (inHome.safeParse(body).success) return;
    await tell(replyToOf(body), notice.kind === 'refused' ? notice.message : message(notice.said));
  };
