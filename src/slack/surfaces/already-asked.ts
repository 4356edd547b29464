import { ONE_CLICK_MS } from '../delivery.ts';
import { type Message, message } from './message.ts';

/** A second click right after the first: no click goes unanswered, and nobody waits for two images where one comes. */
export const alreadyAsked = (): Message =>
  message([
    [
      `Two clicks within ${ONE_CLICK_MS / 1000} seconds count as one, and Inkwell is at it. For another one, click again later.`,
    ],
  ]);
