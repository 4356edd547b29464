import { formErrors, stateValues } from '../blocks/values.ts';
import type { LocalSlackContext } from '../context.ts';
import { FORM, interactionBase, interactionBody } from '../deliveries/payloads.ts';
import type { Outcome } from '../deliveries/postman.ts';
import type { ActAnswer, Values } from '../view.ts';
import type { OpenModal } from '../views/modals.ts';
import type { SlackView } from '../views/slack-view.ts';
import { ApiError, invalidArguments } from '../web-api/api-error.ts';
import { pushed, readView, replaced } from '../web-api/views.ts';
import type { Json, Person } from '../workspace.ts';
import { DONE, failureOf, refused } from './answers.ts';

/** What Slack shows above a form that the app did not answer as it should. */
const TROUBLE = 'We had some trouble connecting. Try again?';

/** Submits the top modal: required fields first, as Slack's client does, then the app. */
export async function submit(
  context: LocalSlackContext,
  person: Person,
  { viewId, values: given }: { viewId: string; values: Values },
): Promise<ActAnswer> {
  const modal = context.modals.top(person.userId);
  if (modal?.view.id !== viewId) return refused('This form is no longer open.');
  if (modal.isBusy) return refused('This form is already on its way.');
  const values = stateValues(modal.view.blocks, given);
  modal.errors = formErrors(modal.view.blocks, values);
  if (Object.keys(modal.errors).length > 0) return showErrors(context, person);

  setBusy(context, person, { modal, isBusy: true });
  const outcome = await context.postman.send(
    'view_submission',
    submission(context, person, { view: modal.view, values }),
    {
      contentType: FORM,
    },
  );
  setBusy(context, person, { modal, isBusy: false });
  const what = `The form ${modal.view.callback_id || viewId}`;
  if (failureOf(context, what, outcome) !== null) return refused(TROUBLE);
  try {
    return follow(context, person, { old: modal.view, answer: answerIn(outcome) });
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    context.addViolation(`${what}: the answer is refused (${[error.code, ...problemsIn(error)].join(' · ')}).`);
    return refused(TROUBLE);
  }
}

/** Closes the top modal with its cross; the app hears of it only if it asked to. */
export async function closeModal(context: LocalSlackContext, person: Person, viewId: string): Promise<ActAnswer> {
  const modal = context.modals.top(person.userId);
  if (modal?.view.id !== viewId) return DONE;
  const isCleared = modal.view.clear_on_close;
  if (isCleared) context.modals.clear(person.userId);
  else context.modals.pop(person.userId);
  context.changes.tell('state', [person.userId]);
  if (!modal.view.notify_on_close) return DONE;
  const base = interactionBase(context, person);
  const body = interactionBody({ type: 'view_closed', ...base, view: modal.view, is_cleared: isCleared });
  failureOf(context, 'view_closed', await context.postman.send('view_closed', body, { contentType: FORM }));
  return DONE;
}

function submission(
  context: LocalSlackContext,
  person: Person,
  { view, values }: { view: SlackView; values: Values },
): string {
  return interactionBody({
    type: 'view_submission',
    ...interactionBase(context, person),
    trigger_id: context.triggers.issue({ userId: person.userId, isFromModal: true }),
    view: { ...view, state: { values } },
    response_urls: [],
  });
}

/** Any body but none and a `response_action` is trouble. */
function answerIn(outcome: Outcome): Json | null {
  if (outcome.answer !== 'acked' || outcome.body === '') return null;
  try {
    const answer: unknown = JSON.parse(outcome.body);
    if (typeof answer === 'object' && answer !== null) return answer as Json;
  } catch {
    // Falls through: what is not JSON and what is no object get the same answer.
  }
  throw new ApiError('invalid_response');
}

/** While the app thought, it may have updated the view, and the person may have closed it. */
function follow(
  context: LocalSlackContext,
  person: Person,
  { old, answer }: { old: SlackView; answer: Json | null },
): ActAnswer {
  const { userId } = person;
  const modal = context.modals.top(userId);
  if (modal?.view.id !== old.id) return DONE;
  switch (answer?.response_action) {
    case undefined:
      context.modals.pop(userId);
      break;
    case 'clear':
      context.modals.clear(userId);
      break;
    case 'errors':
      modal.errors = readErrors(modal.view, answer?.errors);
      return showErrors(context, person);
    case 'update':
      replaced(context, userId, { request: readView(context, answer?.view, 'modal', old.id), old });
      return DONE;
    case 'push':
      pushed(context, userId, { request: readView(context, answer?.view, 'modal'), below: old });
      return DONE;
    default:
      throw new ApiError('invalid_response_action');
  }
  context.changes.tell('state', [userId]);
  return DONE;
}

/** Sentences must stand at inputs of this view; Slack draws no others. */
function readErrors(view: SlackView, given: unknown): Record<string, string> {
  const errors = typeof given === 'object' && given !== null ? (given as Json) : {};
  const inputs = view.blocks.filter(({ type }) => type === 'input').map(({ block_id: blockId }) => blockId);
  const unknown = Object.keys(errors).filter((blockId) => !inputs.includes(blockId));
  if (Object.keys(errors).length === 0) throw invalidArguments(['no errors given']);
  if (unknown.length > 0) throw invalidArguments([`no input with block_id ${unknown.join(', ')}`]);
  return Object.fromEntries(Object.entries(errors).map(([blockId, sentence]) => [blockId, String(sentence)]));
}

function showErrors(context: LocalSlackContext, { userId }: Person): ActAnswer {
  context.changes.tell('state', [userId]);
  return refused('Please check the marked fields.');
}

function setBusy(
  context: LocalSlackContext,
  { userId }: Person,
  { modal, isBusy }: { modal: OpenModal; isBusy: boolean },
) {
  modal.isBusy = isBusy;
  context.changes.tell('state', [userId]);
}

function problemsIn({ more }: ApiError): string[] {
  return ((more.response_metadata ?? {}) as { messages?: string[] }).messages ?? [];
}
