import type { BlockAction, BlockElementAction, ViewOutput, ViewSubmitAction } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import type { SetupView } from '../../../app/messenger.ts';
import { deliveryId, remember } from '../../platform/delivery.ts';
import type { Deps } from '../../platform/deps.ts';
import { faultSentence } from '../../platform/errors.ts';
import type { ClickListener, FormListener, Routes } from '../../platform/routes.ts';
import { goneModal, mayNotModal, outOfDateModal, sentBeforeModal } from '../error-modals.ts';
import { FIRST_PAGES, type HomeLocation, readMetadata } from '../home-metadata.ts';
import type { ACTIONS, VIEWS } from '../ids.ts';
import { message } from '../message.ts';
import { type Closing, createClosing } from './closing.ts';
import type { Where } from './home-answer.ts';
import { openWhenReady, showInstead } from './open.ts';
import { outOfDateAnswer } from './shown.ts';
import type { FieldsRead } from './values.ts';

/** A button that was clicked, with what it carries. */
export type Clicked = Where & {
  words: readonly string[];
  value: string | undefined;
  action: BlockElementAction;
  body: BlockAction;
};

/** Null: there is nothing to open, and the person has been told why. */
export type Show = (deps: Deps, clicked: Clicked) => Promise<ModalView | null>;

/** A form that was sent: what it carried (`about`) and what was typed into it. Where Home was is in `pages`. */
export type Sent<About, Typed> = Where & {
  about: About;
  typed: Typed;
  view: ViewOutput;
  body: ViewSubmitAction;
  deliveryId: string;
  closing: Closing;
};

/** What a form carries: where Home was, if it was opened there, and more. */
type Carried = { pages?: HomeLocation; [part: string]: unknown };

type Buttons<Does> = { readonly [Action in (typeof ACTIONS)[keyof typeof ACTIONS]]?: Does };

/** A form in three parts: what it shows (`opens`), what it reads (`metadata`, `read`), what it does. */
export type Form<Id extends string, About extends Carried, Typed> = {
  id: Id;
  /** The buttons that open it, each with the form that it shows. */
  opens?: Buttons<Show>;
  /** Other buttons that belong to it. */
  clicks?: (deps: Deps) => Buttons<ClickListener>;
  /** Null for what cannot be read: then nothing is done, and the form says so. */
  metadata(written: string): About | null;
  /** Null where it is not known what the form showed. */
  read(view: ViewOutput, about: About): FieldsRead<Typed> | null;
  /** It closes when this is done, unless `closing` was told otherwise before: a refusal keeps it open. */
  submit(deps: Deps, sent: Sent<About, Typed>): Promise<unknown>;
  closes?: 'all';
};

export type DefinedForm<Id extends string = string> = { id: Id; register(routes: Routes, deps: Deps): void };

/** Every way into a form and out of it, the same for all: one that cannot be read says so, and keeps what was typed. */
export const defineForm = <Id extends (typeof VIEWS)[keyof typeof VIEWS], About extends Carried, Typed>(
  form: Form<Id, About, Typed>,
): DefinedForm<Id> => ({
  id: form.id,
  register(routes, deps) {
    for (const [action, show] of Object.entries(form.opens ?? {})) routes.click(action, opens(deps, show));
    for (const [action, listener] of Object.entries(form.clicks?.(deps) ?? {})) routes.click(action, listener);
    routes.form(form.id, sends(deps, form));
  },
});

const sends =
  <Id extends string, About extends Carried, Typed>(
    deps: Deps,
    form: Form<Id, About, Typed>,
    sentForms = createSentForms(),
  ): FormListener =>
  async ({ ack, body, view, client }) => {
    const about = form.metadata(view.private_metadata);
    const read = about && form.read(view, about);
    if (!about || !read) return await ack(outOfDateAnswer(view));
    if (!read.ok) return await ack({ response_action: 'errors', errors: read.errors });
    const { pages = FIRST_PAGES } = about;
    const where = { client, by: body.user.id, pages };
    const sent = { ...where, about, typed: read.value, view, body };
    const first = deliveryId(body);
    const before = sentForms.of(view.id);
    if (await before?.closing.join(ack)) return;
    if (before?.closing.isClosed() && before.first !== first) {
      return await ack({ response_action: 'update', view: sentBeforeModal() });
    }
    const closesAll = form.closes === 'all';
    const refused = () => attempts.count(first);
    const closing = createClosing({ ack, client, clock: deps.clock, view, closesAll, refused });
    sentForms.note(view.id, { first, closing });
    try {
      await form.submit(deps, { ...sent, closing, deliveryId: attempts.idOf(first) });
      await closing.close();
    } catch (error) {
      await closing.keepWith(message([[faultSentence(error)]]));
      throw error;
    }
  };

const ATTEMPTS_REMEMBERED_MAX = 1_000;

/**
 * A command keeps its answer for ever, and a form that was refused may be sent again as it is, because what was in the way is
 * gone. So each refusal gives it another id. Another process answers with the refusal once more.
 */
function createAttempts() {
  const refusedCounts = new Map<string, number>();
  return {
    idOf(id: string) {
      const count = refusedCounts.get(id) ?? 0;
      return count === 0 ? id : `${id}-${count + 1}`;
    },
    count: (id: string) => remember(refusedCounts, id, (refusedCounts.get(id) ?? 0) + 1, ATTEMPTS_REMEMBERED_MAX),
  };
}
const attempts = createAttempts();

type SentForm = { first: string; closing: Closing };

/**
 * What a view sends is one form, until it is kept open: someone who waits sends it again, with a word changed, and that must not
 * be a second grant. This process knows the views that it was sent; what must hold in all of them has an id of the view.
 */
function createSentForms() {
  const byView = new Map<string, SentForm>();
  return {
    of: (viewId: string) => byView.get(viewId),
    note: (viewId: string, sent: SentForm) => remember(byView, viewId, sent, ATTEMPTS_REMEMBERED_MAX),
  };
}

export const clicks =
  (use: (clicked: Clicked) => Promise<unknown>): ClickListener =>
  async ({ ack, body, client, action }) => {
    await ack();
    const value = valueIn(action);
    await use({ client, by: body.user.id, ...readMetadata(value), value, action, body });
  };

/** Opens a form with what holds now; from within a form, on top of it. */
export const opens = (deps: Deps, show: Show): ClickListener =>
  clicks(async (clicked) => await openFor(deps, clicked, show(deps, clicked)));

const openFor = ({ clock }: Deps, { client, body }: Clicked, ready: Promise<ModalView | null>) =>
  openWhenReady(client, clock, { triggerId: body.trigger_id, ready, isFromModal: body.view?.type === 'modal' });

/** A form about what is set up. `build` answers null for what is not there any more. */
export const showWithSetup =
  (build: (setup: SetupView, clicked: Clicked) => ModalView | null): Show =>
  async ({ app }, clicked) => {
    const { setup } = await app.showHome({ by: clicked.by });
    return setup ? (build(setup, clicked) ?? goneModal()) : mayNotModal();
  };

/** From a preview back to its form, as it was left. */
export const backTo = <About>(
  read: (metadata: string) => About | null,
  draw: (about: About, by: string) => Promise<ModalView>,
): ClickListener =>
  clicks(async ({ body: { view }, by, client }) => {
    if (!view) return;
    const about = read(view.private_metadata);
    await showInstead(client, view.id, about ? await draw(about, by) : outOfDateModal());
  });

/** What a button or a menu carries. */
export function valueIn(action: BlockElementAction): string | undefined {
  if (action.type === 'button') return action.value;
  if (action.type === 'static_select') return action.selected_option?.value;
  return action.type === 'overflow' ? action.selected_option.value : undefined;
}
