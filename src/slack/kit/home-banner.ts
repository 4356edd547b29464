import type { ReversibleChange } from '../../app/changes/reversible-change.ts';
import type { HomeLocation } from './home-metadata.ts';
import type { Message } from './message.ts';
import type { MessageBlock } from './newer-blocks.ts';
import { actions, bold, button, type Inline, richLines } from './parts.ts';
import { undoButton } from './undo-metadata.ts';

const WARNING: Inline = { type: 'emoji', name: 'warning' };

/** What came of the last thing a person did, on top of their Home until it is opened again. */
export type HomeBanner =
  /** `undo`: the changes that bring back what was there; none where no button takes it back. */
  | { kind: 'saved'; said: readonly Inline[][]; undo: readonly ReversibleChange[] }
  | { kind: 'said'; said: readonly Inline[][] }
  /** What was not done, and the refusal in people's words. */
  | { kind: 'refused'; message: Message };

export function homeBannerBlocks(notice: HomeBanner, pages: HomeLocation): MessageBlock[] {
  switch (notice.kind) {
    case 'saved': {
      const said = richLines(...notice.said.map((line): Inline[] => ['✓ Saved: ', ...line]));
      return notice.undo.length > 0 ? [said, actions(button('Undo', undoButton(pages, notice.undo)))] : [said];
    }
    case 'said':
      return [richLines(...notice.said)];
    case 'refused':
      return [richLines([WARNING, bold(' That change wasn’t made.')]), ...notice.message.blocks];
  }
}
