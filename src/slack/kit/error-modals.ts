import type { ModalView } from '@slack/types';
import { TOO_MUCH } from '../platform/too-much.ts';
import { notice } from './fields.ts';
import type { Message } from './message.ts';
import { section } from './parts.ts';

/** Forms that do not open: what a person sees instead. */

export const mayNotModal = (): ModalView =>
  notice('Not possible', [
    section('Your role doesn’t allow this, or no longer does. Reopen Inkwell’s Home to see what you can do.'),
  ]);

export const refusedModal = ({ blocks }: Message): ModalView => notice('Not possible', blocks);

export const goneModal = (): ModalView =>
  notice('Not found', [section('This is no longer there. Reopen Inkwell’s Home to see what is.')]);

/** Beside a field of a form that stays open. */
export const FORM_OUT_OF_DATE =
  'Nothing was saved: Inkwell can’t tell what this form showed you. Keep a copy of what you typed, then open the form again.';

export const outOfDateModal = (): ModalView =>
  notice('Out of date', [
    section('This form is from an older version of Inkwell. Nothing was saved or charged. Open it again.'),
  ]);

export const tooMuchModal = (): ModalView => notice('Not possible now', [section(TOO_MUCH)]);

/** Where it took so long that the form could not simply close. */
export const sentModal = (): ModalView =>
  notice('Sent', [section('Inkwell has this form. What came of it is shown in Home or in a message.')]);

/** Where a form was closed, and comes once more with something else in it. */
export const sentBeforeModal = (): ModalView =>
  notice('Sent before', [
    section('Inkwell already has this form from you, and the first one counts. Open it again to send another one.'),
  ]);

export const loadingModal = (): ModalView => notice('One moment', [section('Getting the current figures…')]);
