import { type Message, message } from './message.ts';

/** The second of two that count as one: no click goes unanswered, and nobody waits for a second image. */
export const oneClick = (what: 'click' | 'form', withinMs: number): Message => {
  const seconds = withinMs / 1_000;
  return message([
    [
      what === 'click'
        ? `Inkwell already has your first click. Two clicks within ${seconds} seconds count as one; click again later to do it once more.`
        : `Inkwell already has this form from you. Sent twice within ${seconds} seconds, it counts as one; send it again later to do it once more.`,
    ],
  ]);
};
