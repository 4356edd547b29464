import { type Message, message } from './message.ts';

/** A button that Inkwell drew once and no longer knows. */
export const outOfDate = (): Message =>
  message([['This button is from an older version of Inkwell and no longer works. Nothing was charged.']]);
