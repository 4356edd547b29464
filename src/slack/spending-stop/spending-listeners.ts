import { z } from 'zod';
import { hintIn } from '../admin-forms/set-up-open.ts';
import { refusedNotice, type SetUpDeps } from '../admin-forms/set-up-save.ts';
import { ACTIONS } from '../kit/ids.ts';
import { message } from '../kit/message.ts';
import { replyToOf } from '../kit/sender.ts';
import { deliveryId } from '../platform/delivery.ts';
import type { ClickListener, Routes } from '../platform/routes.ts';
import { resumedParagraphs } from './stop-card.ts';

/** The button of a stop, on its card and in Home. */
export function registerSpending(routes: Routes, deps: SetUpDeps): void {
  routes.click(ACTIONS.spendingResume, resume(deps));
}

const inHome = z.object({ view: z.object({ type: z.literal('home') }) });

/** To read a long ledger takes a while; the answer comes where the click was, and Home is drawn anew in any case. */
const resume =
  ({ app, publish, tell }: SetUpDeps): ClickListener =>
  async ({ ack, body, client, action }) => {
    await ack();
    const by = body.user.id;
    const resumed = await app.resumeSpending({ deliveryId: deliveryId(body), by, stopId: hintIn(action) ?? '' });
    const notice =
      resumed.kind === 'refused'
        ? refusedNotice((await app.showHome({ by })).setup, by, resumed.refusal)
        : ({ kind: 'said', said: resumedParagraphs(resumed) } as const);
    await publish(client, by, { notices: [notice] });
    if (inHome.safeParse(body).success) return;
    await tell(replyToOf(body), notice.kind === 'refused' ? notice.message : message(notice.said));
  };
