import type { KnownBlock } from '@slack/types';
import { type HomeLocation, type Undoable, writeUndo } from './home-metadata.ts';
import { ACTIONS } from './ids.ts';
import type { Message } from './message.ts';
import { actions, bold, button, type Inline, richLines } from './parts.ts';

const WARNING: Inline = { type: 'emoji', name: 'warning' };

/** What came of the last thing a person did, on top of their Home until it is opened again. */
export type HomeBanner =
  | { kind: 'saved'; said: readonly Inline[][]; undo: readonly Undoable[] }
  /** As above, with a way back of its own. */
  | { kind: 'done'; said: readonly Inline[][]; undo: { action: string; value: string } | null }
  | { kind: 'said'; said: readonly Inline[][] }
  /** What was not done, and the refusal in people's words. */
  | { kind: 'refused'; message: Message };

export function homeBannerBlocks(notice: HomeBanner, pages: HomeLocation): KnownBlock[] {
  switch (notice.kind) {
    case 'saved': {
      const undo = button('Undo', { action: ACTIONS.homeUndo, value: writeUndo(pages, notice.undo) });
      const said = richLines(...notice.said.map((line): Inline[] => ['✓ Saved: ', ...line]));
      return notice.undo.length > 0 ? [said, actions(undo)] : [said];
    }
    case 'done': {
      const said = richLines(...notice.said.map((line): Inline[] => ['✓ Saved: ', ...line]));
      return notice.undo ? [said, actions(button('Undo', notice.undo))] : [said];
    }
    case 'said':
      return [richLines(...notice.said)];
    case 'refused':
      return [richLines([WARNING, bold(' That was not done.')]), ...notice.message.blocks];
  }
}
