import type { KnownBlock } from '@slack/types';
import { z } from 'zod';
import type { ImageSaid } from '../../app/images/images-said.ts';
import type { JobView } from '../../app/messenger.ts';
import { MARKS, type Mark, STAGES } from '../../ledger/work.ts';
import { list } from '../../words/figures.ts';
import { actorText } from '../kit/actor.ts';
import { ACTIONS } from '../kit/ids.ts';
import { actions, button, plain, section } from '../kit/parts.ts';

/** What people say of the images, and the buttons to say it with. Everyone in the channel sees it, the client too. */

const BUTTONS: Readonly<Record<Mark, { words: string; action: string }>> = {
  keep: { words: 'Keep', action: ACTIONS.keep },
  final: { words: 'Final', action: ACTIONS.final },
  discard: { words: 'Discard', action: ACTIONS.discard },
};

const MARKED: Readonly<Record<Mark, string>> = {
  keep: 'Kept by',
  final: 'Final, marked by',
  discard: 'Discarded by',
};

const TO_MARK: Readonly<Record<Mark, string>> = {
  keep: 'Keep instead',
  final: 'Mark as final',
  discard: 'Discard instead',
};

/** What is chosen in a menu that clears a mark. */
const CLEAR = 'clear';

/** Below an image: how it is marked and a menu to change that, or a button for each mark. Nothing for an old image. */
export function markBlocks({ job, said }: JobView, imageNo: number): KnownBlock[] {
  const image = said.find((each) => each.imageNo === imageNo);
  if (!image) return [];
  const imageId = `${job.jobId}/${imageNo}`;
  const which = job.imagesCount === 1 ? 'the image' : `image ${imageNo}`;
  return [image.marked ? markedBlock(image.marked, imageId, which) : markButtons(imageId, which)];
}

function markedBlock({ mark, by }: NonNullable<ImageSaid['marked']>, imageId: string, which: string): KnownBlock {
  const others = MARKS.filter((each) => each !== mark);
  const options = [
    ...others.map((each) => ({ text: plain(TO_MARK[each], 75), value: markValue(each, imageId) })),
    { text: plain('Clear the mark', 75), value: markValue(null, imageId) },
  ];
  const of = which === 'the image' ? '' : ` (${which})`;
  return section(`${MARKED[mark]} ${actorText(by)}${of}`, { type: 'overflow', action_id: ACTIONS.mark, options });
}

const markButtons = (imageId: string, which: string) =>
  actions(
    ...MARKS.map((mark) => {
      const { words, action } = BUTTONS[mark];
      const label = mark === 'final' ? `Mark ${which} as final` : `${words} ${which}`;
      return button(words, { action, value: imageId, label });
    }),
  );

/** A menu that says what the images were for: the stage that they count as now is the first in it. */
export function stageMenu(view: JobView) {
  const { job, said } = view;
  if (said.length === 0) return [];
  const now = new Set(said.map(({ stage }) => stage));
  const options = STAGES.map((stage) => ({
    text: plain(now.has(stage) ? `Stage: ${stage} (now)` : `Stage: ${stage}`, 75),
    value: `${stage} ${job.jobId}`,
  }));
  return [{ type: 'overflow' as const, action_id: ACTIONS.stage, options }];
}

/** What the images count as; of a set that people said different things of, each of them. */
export function stageWords({ job, said }: JobView): string {
  const now = new Set(said.map(({ stage }) => stage));
  return now.size === 0
    ? job.stage
    : list(
        STAGES.filter((stage) => now.has(stage)),
        'and',
      );
}

const markValue = (mark: Mark | null, imageId: string) => `${mark ?? CLEAR} ${imageId}`;

/** What a menu's value stands for. Throws a zod error where it stands for nothing. */
export function readMark(value: string): { mark: Mark | null; imageId: string } {
  const [word, imageId = ''] = value.split(' ');
  const mark = z.enum([...MARKS, CLEAR]).parse(word);
  return { mark: mark === CLEAR ? null : mark, imageId };
}
