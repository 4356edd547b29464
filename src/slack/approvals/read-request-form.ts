import type { ViewOutput } from '@slack/bolt';
import { type AccountId, isAccount } from '../../ledger/accounts.ts';
import { WINDOWS, type Window } from '../../ledger/usage/windows.ts';
import { credits, number } from '../../words/figures.ts';
import { type Read, readCredits } from '../admin-forms/set-up-input.ts';
import { dateIn, fieldOf, textIn } from '../admin-forms/set-up-values.ts';
import { withoutInvisible } from '../kit/invisible.ts';
import { REASON_CHARACTERS_MAX, REQUEST_FIELDS } from './request-form.ts';
import type { RequestFormHint } from './request-form-metadata.ts';

export type Form = Pick<ViewOutput, 'state'>;
export type FieldsRead<T> = { ok: true; value: T } | { ok: false; errors: Record<string, string> };

export function readUntil(
  form: Form,
  { leastCredits }: RequestFormHint,
): FieldsRead<{ amountCredits: number; untilDate: string }> {
  const amount = readFigure(textIn(fieldOf(form, REQUEST_FIELDS.amount)));
  const untilDate = dateIn(fieldOf(form, REQUEST_FIELDS.until));
  const errors = {
    ...(amount.ok ? {} : { [REQUEST_FIELDS.amount]: amount.error }),
    ...(amount.ok && amount.value < leastCredits
      ? { [REQUEST_FIELDS.amount]: `This request lacks ${credits(leastCredits)}; fewer would not let it through.` }
      : {}),
    ...(untilDate === null ? { [REQUEST_FIELDS.until]: 'Choose a day.' } : {}),
  };
  if (!amount.ok || untilDate === null || Object.keys(errors).length > 0) return { ok: false, errors };
  return { ok: true, value: { amountCredits: amount.value, untilDate } };
}

export function readRaise(form: Form): FieldsRead<{ account: AccountId; window: Window; limitCredits: number }[]> {
  const errors: Record<string, string> = {};
  const limits: { account: AccountId; window: Window; limitCredits: number }[] = [];
  for (const blockId of Object.keys(form.state.values)) {
    const [account, windowName] = blockId.slice(REQUEST_FIELDS.limit.length + 1).split(' ');
    const window = WINDOWS.find((each) => each === windowName);
    if (!blockId.startsWith(`${REQUEST_FIELDS.limit}.`) || !isAccount(account) || !window) continue;
    const figure = readFigure(textIn(fieldOf(form, blockId)));
    if (figure.ok) limits.push({ account, window, limitCredits: figure.value });
    else errors[blockId] = figure.error;
  }
  return Object.keys(errors).length > 0 ? { ok: false, errors } : { ok: true, value: limits };
}

/** As the ledger takes it: some lines, and nothing invisible. */
export function readReason(form: Form): FieldsRead<string> {
  const typed = textIn(fieldOf(form, REQUEST_FIELDS.reason)) ?? '';
  const reason = typed
    .split('\n')
    .map((line) =>
      withoutInvisible(line.replace(/\s+/gu, ' '))
        .replace(/\p{Cf}/gu, '')
        .trim(),
    )
    .filter((line) => line !== '')
    .join('\n');
  const characters = [...reason].length;
  if (reason === '') return wrongReason('Say why, so that the other one knows what to do.');
  if (characters <= REASON_CHARACTERS_MAX) return { ok: true, value: reason };
  return wrongReason(`It has ${number(characters)} characters; ${REASON_CHARACTERS_MAX} is the most.`);
}

const wrongReason = (error: string): { ok: false; errors: Record<string, string> } => ({
  ok: false,
  errors: { [REQUEST_FIELDS.reason]: error },
});

function readFigure(typed: string | null | undefined): Read<number> {
  const figure = readCredits(typed);
  if (!figure.ok) return figure;
  return figure.value === null ? { ok: false, error: 'Write a whole number.' } : { ok: true, value: figure.value };
}
