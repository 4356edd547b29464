import type { MuteUntil } from '../../app/alerts/mute-alerts.ts';
import { isAccount } from '../../ledger/accounts.ts';
import { WINDOWS, type Window } from '../../ledger/usage/windows.ts';
import { clicks } from '../kit/form/form.ts';
import { showHereAndInHome } from '../kit/form/home-answer.ts';
import { ACTIONS } from '../kit/ids.ts';
import { message } from '../kit/message.ts';
import { dateToken, type Inline } from '../kit/parts.ts';
import { senderOf } from '../kit/sender.ts';
import { deliveryId } from '../platform/delivery.ts';
import type { Deps } from '../platform/deps.ts';
import type { Routes } from '../platform/routes.ts';

/** The buttons of alerts that open no form. */
export function registerAlerts(routes: Routes, deps: Deps): void {
  routes.click(ACTIONS.alertExpect, expect(deps));
  routes.click(
    ACTIONS.alertMuteDay,
    mute(deps, () => 'day'),
  );
  routes.click(
    ACTIONS.alertMuteWindow,
    mute(deps, (window) => window),
  );
  routes.click(ACTIONS.alertCapQuality, capQuality(deps, { isLifted: false }));
  routes.click(ACTIONS.alertLiftCap, capQuality(deps, { isLifted: true }));
  routes.click(
    ACTIONS.alertUnmute,
    mute(deps, () => null),
  );
}

const GONE: Inline[][] = [['Inkwell can’t tell what this alert was about anymore. Nothing was changed.']];

const mute = (deps: Deps, until: (window: Window) => MuteUntil) =>
  clicks(async ({ words, ...clicked }) => {
    const { by, body } = clicked;
    const [account, word] = words;
    const window = WINDOWS.find((each) => each === word);
    if (!isAccount(account) || !window) return void (await deps.tell(senderOf(body), message(GONE)));
    const changed = await deps.app.muteAlerts({ deliveryId: deliveryId(body), by, account, until: until(window) });
    await showHereAndInHome(deps, clicked, changed.ok ? { said: [saidOf(changed.untilAt)] } : changed);
  });

const capQuality = (deps: Deps, { isLifted }: { isLifted: boolean }) =>
  clicks(async ({ words, ...clicked }) => {
    const { by, body } = clicked;
    const [account, word] = words;
    const window = WINDOWS.find((each) => each === word);
    const changed =
      isAccount(account) && window
        ? await deps.app.capQuality({ deliveryId: deliveryId(body), by, account, window, isLifted })
        : null;
    if (changed === null) return void (await deps.tell(senderOf(body), message(GONE)));
    await showHereAndInHome(deps, clicked, changed.ok ? { said: [cappedLine(changed.untilAt)] } : changed);
  });

const cappedLine = (untilAt: number | null): Inline[] =>
  untilAt === null
    ? ['Every quality that the rules allow can be chosen again.']
    : ['Only the lowest quality can be chosen for this client until ', dateToken(untilAt), '.'];

const expect = (deps: Deps) =>
  clicks(async ({ words, ...clicked }) => {
    const { by, body } = clicked;
    const [account, date = '', word = ''] = words;
    const hour = word === '' ? null : Number(word);
    const changed = isAccount(account)
      ? await deps.app.expectUse({ deliveryId: deliveryId(body), by, account, date, hour })
      : null;
    if (changed === null) return void (await deps.tell(senderOf(body), message(GONE)));
    const said: Inline[] = ['Inkwell takes hours like this as usual until ', dateToken(changed.untilAt), '.'];
    await showHereAndInHome(deps, clicked, changed.ok ? { said: [said] } : changed);
  });

const saidOf = (untilAt: number | null): Inline[] =>
  untilAt === null
    ? ['Inkwell tells of this again.']
    : ['Alerts about this are muted until ', dateToken(untilAt), '. Their messages say so to all who have one.'];
