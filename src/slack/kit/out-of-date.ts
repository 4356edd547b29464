import { type Message, message } from './message.ts';

/** A button that Inkwell drew once and no longer knows. */
export const outOfDate = (): Message =>
  message([['This button is from an earlier version of Inkwell and does nothing any more. Nothing was charged.']]);
