import { privateAudience } from '../../ports/reply-address.ts';
import { typedText } from '../imagine/typed-text.ts';
import { readFind } from '../kit/home-metadata.ts';
import { COMMANDS } from '../kit/ids.ts';
import type { Message } from '../kit/message.ts';
import { placeOf, type Sender, senderOf } from '../kit/sender.ts';
import type { Deps } from '../platform/deps.ts';
import type { CommandListener, Routes } from '../platform/routes.ts';
import { refusalMessage } from '../refusals/refusal.ts';
import { creditsMessage } from './credits.ts';
import { creditsHelp } from './credits-help.ts';
import { notHere, peopleMessage, teamsMessage } from './credits-people.ts';
import { creditsProject, projectTyped } from './credits-project-listeners.ts';
import { readReport } from './read-report.ts';
import { creditsReport } from './report-listeners.ts';

export const registerCredits = (routes: Routes, deps: Deps) => routes.command(COMMANDS.credits, credits(deps));

const credits =
  (deps: Deps): CommandListener =>
  async ({ ack, body }) => {
    await ack();
    const sender = senderOf(body);
    const report = readReport(body.text ?? '');
    if (report) return await creditsReport(deps, sender, report);
    const typed = typedText(body.text ?? '').trim();
    const ofProject = projectTyped(typed);
    if (ofProject !== null) return await creditsProject(deps, { sender, body, typed: ofProject });
    const [, what = '', words = ''] = /^(people|teams?)(?:\s+(.*))?$/is.exec(typed) ?? [];
    const answer = what === '' ? await figures(deps, sender, typed) : await people(deps, sender, { what, words });
    await deps.tell(sender, answer);
  };

async function figures({ app }: Deps, sender: Sender, typed: string): Promise<Message> {
  const view = await app.showCredits({ by: sender.memberId, place: placeOf(sender), from: 'channel' });
  if (typed === '') return creditsMessage(view);
  const isHelp = ['help', '--help', '?'].includes(typed.toLowerCase());
  return creditsHelp({ helperIds: view.helperIds, unknown: isHelp ? null : typed });
}

/** Checks the reader's rights, and that no person from outside the agency reads along. */
async function people(
  { app, channels }: Deps,
  sender: Sender,
  asked: { what: string; words: string },
): Promise<Message> {
  const { memberId: by, channelId } = sender;
  const audience = await privateAudience(channels, channelId, by);
  const { helperIds } = await app.showCredits({ by, place: null });
  const refusal = await app.refusedAtDoorAfterReading({ by, right: 'see_people' });
  if (refusal) return refusalMessage(refusal, { readerId: by, audience, clientName: null, helpers: helperIds });
  if (audience !== 'internal') return notHere(audience);
  if (asked.what.toLowerCase() !== 'people') {
    const view = await app.showTeams({ by, named: asked.words });
    return view ? teamsMessage(view, asked.words) : notHere('unsure');
  }
  const view = await app.showPeople({ by, find: readFind(asked.words), filter: 'all', page: 0 });
  return view ? peopleMessage(view) : notHere('unsure');
}
