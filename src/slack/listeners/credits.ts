import type { Deps } from '../deps.ts';
import { COMMANDS } from '../ids.ts';
import { typedText } from '../input/typed-text.ts';
import { hearerOf } from '../reader.ts';
import type { CommandListener, Routes } from '../routes.ts';
import { creditsMessage } from '../surfaces/credits.ts';
import { creditsHelp } from '../surfaces/credits-help.ts';

export const registerCredits = (routes: Routes, deps: Deps) => routes.command(COMMANDS.credits, credits(deps));

const credits =
  ({ app, tell }: Deps): CommandListener =>
  async ({ ack, body }) => {
    await ack();
    const hearer = hearerOf(body);
    const typed = typedText(body.text ?? '').trim();
    const view = await app.showCredits({ by: hearer.memberId, channelId: hearer.channelId });
    const isHelp = ['help', '--help', '?'].includes(typed.toLowerCase());
    const unknown = isHelp ? null : typed;
    await tell(hearer, typed === '' ? creditsMessage(view) : creditsHelp({ helperIds: view.helperIds, unknown }));
  };
