import { z } from 'zod';
import { valueIn } from '../kit/form/form.ts';
import { refusedNotice } from '../kit/form/home-answer.ts';
import { ACTIONS } from '../kit/ids.ts';
import { message } from '../kit/message.ts';
import { replyToOf } from '../kit/sender.ts';
import { deliveryId } from '../platform/delivery.ts';
import type { Deps } from '../platform/deps.ts';
import type { ClickListener, Routes } from '../platform/routes.ts';
import { resumedParagraphs } from './stop-card.ts';

/** The button of a stop, on its card and in Home. */
export function registerSpending(routes: Routes, deps: Deps): void {
  routes.click(ACTIONS.spendingResume, resume(deps));
}

const inHome = z.object({ view: z.object({ type: z.literal('home') }) });

/** A long ledger takes a while to read. The answer comes where the click was, and Home is redrawn in any case. */
const resume =
  ({ app, publish, tell }: Deps): ClickListener =>
  async ({ ack, body, client, action }) => {
    await ack();
    const by = body.user.id;
    const resumed = await app.resumeSpending({ deliveryId: deliveryId(body), by, stopId: valueIn(action) ?? '' });
    const notice =
      resumed.kind === 'refused'
        ? refusedNotice((await app.showHome({ by })).setup, by, resumed.refusal)
        : ({ kind: 'said', said: resumedParagraphs(resumed) } as const);
    await publish(client, by, { notices: [notice] });
    if (inHome.safeParse(body).success) return;
    await tell(replyToOf(body), notice.kind === 'refused' ? notice.message : message(notice.said));
  };
