import type { ViewOutput } from '@slack/bolt';
import type { KnownBlock, ModalView } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import type { Refusal } from '../../../ledger/refusals.ts';
import type { Clock } from '../../../ports/ports.ts';
import { refusalMessage } from '../../refusals/refusal.ts';
import type { RefusalContext } from '../../refusals/refusal-limit.ts';
import { sentModal } from '../error-modals.ts';
import type { Message } from '../message.ts';
import { divider, plain, section } from '../parts.ts';
import { errorsAt } from './field-of-refusal.ts';
import { showInstead } from './open.ts';

/** Slack waits three seconds. What takes longer is said in the form, which then stays open until the end is known. */
const ANSWER_WITHIN_MS = 2_000;

/** How a form that was sent ends: it closes, or stays open with what was typed and why. The first answer counts. */
export type Closing = {
  close(): Promise<void>;
  /** Whether the form was closed: what comes of its view later is the same form once more. */
  isClosed(): boolean;
  /** Answers the same form, sent once more while it is looked at, as the first one. False once that has its answer. */
  join(ack: Ack): Promise<boolean>;
  /** Keeps it open with sentences at its fields. */
  errors(at: Record<string, string>): Promise<void>;
  /** Draws another form over it. */
  show(view: ModalView): Promise<void>;
  /** Answers false where nothing is in the way that a person could mend in the form; then it is as it was. */
  keep(refusals: readonly Refusal[], to: RefusalContext): Promise<boolean>;
  /** Keeps it open with something said above the fields. */
  keepWith(said: Message): Promise<void>;
  /** Keeps it open with a question above the fields. Sent again, it carries `metadata`, which is the answer. */
  ask(question: readonly KnownBlock[], answer: { submit: string; metadata: string }): Promise<void>;
};

type FormAnswer =
  | { response_action: 'clear' }
  | { response_action: 'errors'; errors: Record<string, string> }
  | { response_action: 'update'; view: ModalView };
export type Ack = (answer?: FormAnswer) => Promise<unknown>;

type Sent = { ack: Ack; client: WebClient; clock: Clock; view: ViewOutput; closesAll: boolean; refused: () => void };

/** `refused` is called once it is known that nothing was done: the same form, sent again, is then asked afresh. */
export function createClosing({ ack, client, clock, view, closesAll, refused }: Sent): Closing {
  let state: 'open' | 'late' | 'answered' = 'open';
  let isClosed = false;
  const acks = [ack];
  const ackAll = (now?: FormAnswer) => Promise.all(acks.splice(0).map((each) => (now ? each(now) : each())));
  const wait = (): FormAnswer => ({ response_action: 'update', view: withNotice(view, [section('One moment…')]) });
  const stop = clock.after(ANSWER_WITHIN_MS, () => {
    if (state !== 'open') return;
    state = 'late';
    void ackAll(wait());
  });
  const answer = async (now: FormAnswer | undefined, later: ModalView) => {
    const before = state;
    state = 'answered';
    stop();
    if (before === 'late') await showInstead(client, view.id, later);
    if (before === 'open') await ackAll(now);
  };
  const show = (next: ModalView) => answer({ response_action: 'update', view: next }, next);
  return {
    async close() {
      isClosed ||= state !== 'answered';
      await answer(closesAll ? { response_action: 'clear' } : undefined, sentModal());
    },
    isClosed: () => isClosed,
    async join(another) {
      if (state === 'open') acks.push(another);
      if (state === 'late') await another(wait());
      return state !== 'answered';
    },
    show,
    errors: (at) =>
      answer(
        { response_action: 'errors', errors: at },
        withNotice(
          view,
          Object.values(at).map((words): KnownBlock => ({ type: 'section', text: plain(words) })),
        ),
      ),
    async keep(refusals, to) {
      const inTheWay = refusals.filter(({ reason }) => reason !== 'nothing_changed');
      if (inTheWay.length === 0 || state === 'answered') return false;
      refused();
      const messages = inTheWay.map((refusal) => refusalMessage(refusal, to));
      const above = withNotice(
        view,
        messages.flatMap(({ blocks }) => blocks as KnownBlock[]),
      );
      const errors = errorsAt(view, inTheWay, to);
      await answer(errors ? { response_action: 'errors', errors } : { response_action: 'update', view: above }, above);
      return true;
    },
    async keepWith(said) {
      if (state !== 'answered') await show(withNotice(view, said.blocks as KnownBlock[]));
    },
    ask: (question, { submit, metadata }) =>
      show(withNotice({ ...view, submit: plain(submit), private_metadata: metadata }, question)),
  };
}

/** Blocks of earlier notices are known by their ids. */
const NOTICE = 'notice.';

/** As it was sent, or as it is about to be drawn. */
type Drawn = Pick<ModalView, 'title' | 'callback_id' | 'private_metadata'> & {
  submit?: ModalView['submit'] | null;
  close?: ModalView['close'] | null;
  blocks: readonly (KnownBlock | ViewOutput['blocks'][number])[];
};

/** The form as it is, with something said above it. Slack keeps what was typed in a field whose ids stay the same. */
export function withNotice(view: Drawn, said: readonly KnownBlock[]): ModalView {
  const { title, submit, close, callback_id: callback = '', private_metadata: metadata = '' } = view;
  const notice = [...said, divider].map((block, index) => ({ ...block, block_id: `${NOTICE}${index}` }));
  const form = view.blocks.filter(({ block_id: id }) => !id?.startsWith(NOTICE)) as KnownBlock[];
  return {
    type: 'modal',
    callback_id: callback,
    title,
    ...(submit ? { submit } : {}),
    ...(close ? { close } : {}),
    private_metadata: metadata,
    blocks: [...notice, ...form],
  };
}
