import { privateAudience } from '../../ports/reply-address.ts';
import { typedText } from '../imagine/typed-text.ts';
import { readFind } from '../kit/home-metadata.ts';
import { ACTIONS, COMMANDS } from '../kit/ids.ts';
import type { Message } from '../kit/message.ts';
import { placeOf, type Sender, senderOf } from '../kit/sender.ts';
import type { Deps } from '../platform/deps.ts';
import type { ClickListener, CommandListener, Routes } from '../platform/routes.ts';
import { refusalMessage } from '../refusals/refusal.ts';
import { creditsMessage } from './credits.ts';
import { creditsHelp, creditsHelpMore } from './credits-help.ts';
import { foundMessage } from './credits-named.ts';
import { optionsTyped, refusedOption } from './credits-options.ts';
import { notHere, peopleMessage, teamsMessage } from './credits-people.ts';
import { creditsProject, projectTyped } from './credits-project-listeners.ts';
import { readMention, readReport } from './read-report.ts';
import { creditsReport } from './report-listeners.ts';

export function registerCredits(routes: Routes, deps: Deps): void {
  routes.command(COMMANDS.credits, credits(deps));
  routes.click(ACTIONS.creditsMore, more(deps));
}

/** *More* below the short help. */
const more =
  (deps: Deps): ClickListener =>
  async ({ ack, body }) => {
    await ack();
    const sender = senderOf(body);
    const { helperIds } = await deps.app.showCredits({ by: sender.memberId, place: null });
    await deps.tell(sender, creditsHelpMore({ helperIds }));
  };

const credits =
  (deps: Deps): CommandListener =>
  async ({ ack, body }) => {
    await ack();
    const sender = senderOf(body);
    const typed = typedText(body.text ?? '').trim();
    const options = optionsTyped(typed);
    if (options.isHelp && options.part !== 'report') return void (await deps.tell(sender, creditsHelp()));
    const refused = options.isHelp ? null : refusedOption(options);
    if (refused) return void (await deps.tell(sender, refused));
    const report = readReport(body.text ?? '');
    if (report) return await creditsReport(deps, sender, options.isHelp ? { kind: 'help' } : report);
    const ofProject = projectTyped(typed);
    if (ofProject !== null) return await creditsProject(deps, { sender, body, typed: ofProject });
    const [, what = '', words = ''] = /^(people|teams?)(?:\s+(.*))?$/is.exec(typed) ?? [];
    if (what !== '') return void (await deps.tell(sender, await people(deps, sender, { what, words })));
    if (['help', '?'].includes(typed.toLowerCase())) return void (await deps.tell(sender, creditsHelp()));
    if (typed === '') return void (await deps.tell(sender, await figures(deps, sender)));
    await named(deps, sender, body.text ?? '');
  };

const figures = async ({ app }: Deps, sender: Sender): Promise<Message> =>
  creditsMessage(await app.showCredits({ by: sender.memberId, place: placeOf(sender), from: 'channel' }));

/** A client, a project, a team, a person or a period. */
async function named(deps: Deps, sender: Sender, escaped: string): Promise<void> {
  const { memberId: by, channelId } = sender;
  const { typed, memberId } = readMention(escaped);
  const found = await deps.app.findCredits({ by, channelId, typed, memberId });
  if (found.kind === 'report') {
    const question = { kind: null, named: found.named, memberId: found.memberId, dimension: null };
    return await creditsReport(deps, sender, { kind: 'asked', question, asFile: false });
  }
  await deps.tell(sender, found.kind === 'own' ? await figures(deps, sender) : foundMessage(found));
}

/** Checks the reader's rights, and that they are a full member. */
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
  if (audience === 'shared' || audience === 'unsure') return notHere(audience);
  if (asked.what.toLowerCase() !== 'people') {
    const view = await app.showTeams({ by, named: asked.words });
    return view ? teamsMessage(view, asked.words, audience) : notHere('unsure');
  }
  const view = await app.showPeople({ by, find: readFind(asked.words), filter: 'all', page: 0 });
  return view ? peopleMessage(view, audience) : notHere('unsure');
}
