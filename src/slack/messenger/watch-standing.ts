import type { Messenger } from '../../app/messenger.ts';
import { isOurFault } from './refusals.ts';

/** How Slack took one thing; `code` where the app's own standing was in the way, null where it went well. */
export type OnTaken = (taken: { what: string; code: string | null }) => void;

type Result = { kind: string; code?: string };

/** The same messenger; what it meets is told, too: whether Slack takes the app's token is known nowhere else. */
export function watchStanding(messenger: Messenger, onTaken: OnTaken): Messenger {
  const watched =
    <Asked extends unknown[], Came extends Result>(what: string, verb: (...asked: Asked) => Promise<Came>) =>
    async (...asked: Asked): Promise<Came> => {
      const came = await verb(...asked);
      if (came.code === undefined) onTaken({ what, code: null });
      else if (isOurFault(came.code)) onTaken({ what, code: came.code });
      return came;
    };
  return {
    announce: watched('announce', messenger.announce),
    redraw: watched('redraw', messenger.redraw),
    upload: watched('upload', messenger.upload),
    removeFile: watched('removeFile', messenger.removeFile),
    tell: watched('tell', messenger.tell),
    postCard: watched('postCard', messenger.postCard),
    postCardIn: watched('postCardIn', messenger.postCardIn),
    redrawCard: watched('redrawCard', messenger.redrawCard),
  };
}
