import type { WebClient } from '@slack/web-api';
import type { ProjectsLook } from '../../app/clients/show-projects.ts';
import type { AvailableModels } from '../../app/images/available-models.ts';
import type { Foreseen } from '../../app/images/foresee.ts';
import type { Stage } from '../../ledger/work.ts';
import { isAnswerTaken } from '../../ports/reply-address.ts';
import { credits, number } from '../../words/figures.ts';
import { chooseClientModal } from '../clients/bind-channel-form.ts';
import { clicks, defineForm } from '../kit/form/form.ts';
import { withChoice } from '../kit/form/values.ts';
import { ACTIONS, VIEWS } from '../kit/ids.ts';
import { placeOf, requesterOf, type Sender } from '../kit/sender.ts';
import { viewDeliveryId } from '../platform/delivery.ts';
import type { Deps } from '../platform/deps.ts';
import { type Offered, offeredFor } from './imagine-choice.ts';
import { IMAGINE } from './imagine-fields.ts';
import { type ImagineLook, imagineModal, nothingOfferedModal } from './imagine-form.ts';
import { PROJECT_BLOCK } from './imagine-project.ts';
import { DEFAULT_STAGE, type Draft } from './parse-command.ts';
import {
  type ImagineForm,
  type ImagineHint,
  NO_HINT,
  readImagine,
  readImagineHint,
  readSendable,
} from './read-imagine.ts';
import { redrawModal, redrawsAtChoice } from './redraw-imagine-form.ts';
import { refusedAtField } from './refused-field.ts';

/** Sends the request, unless it would cost more than the form has shown: then the form asks again with the new price. */
export const imagineForm = defineForm({
  id: VIEWS.imagine,
  clicks: (deps) => ({ [ACTIONS.homeImagine]: imagineFromHome(deps), [ACTIONS.choose]: chooseInForm(deps) }),
  metadata: readImagineHint,
  read: readSendable,
  async submit(deps, { about: hint, typed: { form, prompt, channelId }, by, body, view, closing }) {
    const { shownCredits, threadTs, guess } = hint;
    const offered = offeredFor(deps.app.offerImages({ by, channelId }), { ...form.draft, prompt });
    const total = offered?.quote.totalCredits ?? 0;
    if (!offered || offered.dropped.length > 0 || total > shownCredits) {
      const notices = total > shownCredits ? [`This now costs ${credits(total)}. Send it again if that’s fine.`] : [];
      return await closing.show(await draw(deps, form, { by, notices, withLeft: false }));
    }
    const wrong = await wrongIn(deps, { form, by, channelId, prompt, model: offered.quote.model });
    if (wrong) return await closing.errors(wrong);
    const responseUrl = answeredAt(hint, deps.clock.now());
    const sender = { memberId: by, channelId, threadTs, responseUrl };
    const where = { requester: requesterOf(sender), place: placeOf(sender), from: 'form' as const };
    const shown = {
      credits: shownCredits,
      dearer: (totalCredits: number) => ({ kind: 'price_rose' as const, shownCredits, totalCredits, prompt }),
    };
    const asked = { ...where, ...offered.draft, ...(guess ? { guess } : {}), shown };
    const deliveryId = viewDeliveryId(body);
    const refused = await deps.app.refusedAhead({ deliveryId, ...asked });
    if (refused) return await closing.errors(refusedAtField(view, refused, by));
    const mayChoose = deps.app.mayChooseClient({ by, channelId });
    if (!mayChoose) await closing.close();
    const wants = [channelId, threadTs, offered.draft];
    const requested = await deps.spend.once({ body, wants, sender, deliveryId }, ({ requestImage }, id) =>
      requestImage({ deliveryId: id, ...asked }),
    );
    if (!mayChoose) return;
    const choosing = await chooseClientModal(deps, { by, channelId, isKept: requested?.isKept ?? false });
    await (choosing ? closing.show(choosing) : closing.close());
  },
});

/** The address that the form was opened with, as long as Slack takes answers there. */
const answeredAt = ({ responseUrl, givenAt }: ImagineHint, now: number): string | null =>
  givenAt === undefined || isAnswerTaken(givenAt, now) ? responseUrl : null;

type Sendable = { form: ImagineForm; by: string; channelId: string; prompt: string; model: Offered['quote']['model'] };

/** What would be said after the form has closed, and with it the prompt: at the field instead. */
async function wrongIn(
  { channels }: Deps,
  { form, by, channelId, prompt, model }: Sendable,
): Promise<Record<string, string> | null> {
  const characters = [...prompt].length;
  const { promptMaxCharacters: most } = model.capabilities;
  if (characters > most) {
    return { [IMAGINE.prompt]: `It has ${number(characters)} characters. ${model.label} takes ${number(most)}.` };
  }
  if (await channels.has(channelId, by)) return null;
  // A form for one channel has no field for it.
  const field = form.hint.channelId === null ? IMAGINE.channel : IMAGINE.prompt;
  return { [field]: 'You or Inkwell aren’t in this channel. Join it, or invite Inkwell there.' };
}

const imagineFromHome = (deps: Deps) =>
  clicks(({ by, client, body }) =>
    openImagineModal(deps, client, body.trigger_id, {
      memberId: by,
      channelId: null,
      threadTs: null,
      responseUrl: null,
    }),
  );

const EMPTY: Draft = { prompt: '', options: {}, imagesCount: 1, stage: null, project: null };

/**
 * Opens the form, at once, because a trigger lives three seconds; what is left of the credits follows when it is known.
 * `channelId` null: the form asks which channel.
 */
export async function openImagineModal(
  deps: Deps,
  client: WebClient,
  triggerId: string,
  { draft = {}, ...sender }: Sender & { draft?: Partial<Draft>; guess?: Stage },
): Promise<void> {
  const { memberId, ...where } = sender;
  const hint = where.responseUrl === null ? where : { ...where, givenAt: deps.clock.now() };
  const menu = deps.app.offerImages({ by: memberId, channelId: hint.channelId });
  const offered = offeredFor(menu, { ...EMPTY, ...draft });
  if (!offered) return void (await client.views.open({ trigger_id: triggerId, view: nothingOfferedModal() }));

  const look = { hint, chosenChannelId: null, models: menu.models, offered, notices: [] };
  const first = imagineModal({ ...look, credits: null, projects: null });
  const { view } = await client.views.open({ trigger_id: triggerId, view: first });
  if (!view?.id || !view.hash) return;

  const known = await knownFor(deps, { by: memberId, place: placeOf(hint), typed: offered.draft.project });
  if (!known) return;
  const { id: viewId, hash } = view;
  await redrawModal(client, {
    viewId,
    hash,
    view: imagineModal({ ...look, ...known, foreseen: foreseenFor({ menu, offered, hint }, known) }),
    isLatest: () => false,
  });
}

/** A choice that changes the price, or whose credits are used. */
const chooseInForm = (deps: Deps) =>
  redrawsAtChoice(({ by, action }, view) => {
    const read = readImagine(withChoice(view, action), readImagineHint(view.private_metadata) ?? NO_HINT);
    return draw(deps, withoutOutdated(read, action.block_id), { by, notices: [], withLeft: true });
  });

/** Another channel may be another client's, with other projects; and another project has a stage of its own. */
function withoutOutdated(form: ImagineForm, chosenBlock: string): ImagineForm {
  if (chosenBlock === IMAGINE.channel) return { ...form, draft: { ...form.draft, project: null, stage: null } };
  if (chosenBlock.startsWith(`${PROJECT_BLOCK}.`)) return { ...form, draft: { ...form.draft, stage: null } };
  return form;
}

type Drawing = { by: string; notices: readonly string[]; withLeft: boolean };

/** Draws the form as it is now. Before an ack there is no time to look up the balance. */
async function draw(deps: Deps, { draft, chosenChannelId, hint }: ImagineForm, { by, notices, withLeft }: Drawing) {
  const channelId = hint.channelId ?? chosenChannelId;
  const menu = deps.app.offerImages({ by, channelId });
  const offered = offeredFor(menu, draft);
  if (!offered) return nothingOfferedModal();
  const look = { by, place: placeOf({ channelId, threadTs: hint.threadTs }), typed: draft.project };
  const known = (withLeft ? await knownFor(deps, look) : null) ?? { credits: null, projects: null };
  const foreseen = foreseenFor({ menu, offered, hint }, known);
  return imagineModal({ hint, chosenChannelId, models: menu.models, offered, notices, ...known, foreseen });
}

type Known = Pick<ImagineLook, 'credits' | 'projects'>;

type Choice = { menu: AvailableModels; offered: Offered; hint: Pick<ImagineHint, 'threadTs' | 'guess'> };

/**
 * Tells what the ledger would answer, and with it of the client's budget: only where `/credits` shows the same person the same
 * channel. A project that was named counts once it is known; else the ledger takes the one that the place is bound to.
 */
function foreseenFor(
  { menu, offered: { draft, quote }, hint: { threadTs: threadId, guess } }: Choice,
  { credits: left, projects }: Known,
): Foreseen | null {
  if (!left?.channelId) return null;
  return menu.foresee(quote, {
    threadId,
    projectId: projects?.chosenId ?? null,
    imagesCount: draft.imagesCount,
    stage: draft.stage ?? guess ?? DEFAULT_STAGE,
  });
}

/** A courtesy: where it cannot be had, the form goes without it, and sending it says what is wrong. */
async function knownFor({ app, log }: Deps, look: ProjectsLook): Promise<Known | null> {
  try {
    const [left, projects] = await Promise.all([app.showCredits(look), app.showProjects(look)]);
    return { credits: left, projects };
  } catch (error) {
    log.warn({ code: (error as { code?: unknown }).code ?? 'unknown' }, 'form drawn without what is left');
    return null;
  }
}
