import { ONE_CLICK_MS } from '../../app/claim-click.ts';
import { type Message, message } from './message.ts';

/** A second click right after the first: no click goes unanswered, and nobody waits for two images where one comes. */
export const alreadyAsked = (): Message =>
  message([
    [
      `Already being made. Two clicks within ${ONE_CLICK_MS / 1000} seconds count as one; click again later for another one.`,
    ],
  ]);
