import type { Deps } from '../deps.ts';
import { COMMANDS } from '../ids.ts';
import { typedText } from '../input/typed-text.ts';
import { hearerOf } from '../reader.ts';
import type { CommandListener, Routes } from '../routes.ts';
import { creditsMessage } from '../surfaces/credits.ts';
import { creditsHelp } from '../surfaces/credits-help.ts';
import { creditsProject, projectTyped } from './credits-project.ts';

export const registerCredits = (routes: Routes, deps: Deps) => routes.command(COMMANDS.credits, credits(deps));

const credits =
  (deps: Deps): CommandListener =>
  async ({ ack, body }) => {
    await ack();
    const { app, tell } = deps;
    const hearer = hearerOf(body);
    const typed = typedText(body.text ?? '').trim();
    const ofProject = projectTyped(typed);
    if (ofProject !== null) return await creditsProject(deps, { hearer, body, typed: ofProject });
    const view = await app.showCredits({ by: hearer.memberId, channelId: hearer.channelId, threadTs: hearer.threadTs });
    const isHelp = ['help', '--help', '?'].includes(typed.toLowerCase());
    const unknown = isHelp ? null : typed;
    await tell(hearer, typed === '' ? creditsMessage(view) : creditsHelp({ helperIds: view.helperIds, unknown }));
  };
