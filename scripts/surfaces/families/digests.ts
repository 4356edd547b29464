import { clientDigestMessage, notPostedMessage } from '../../../src/slack/digest/client-digest.ts';
import { digestMessage } from '../../../src/slack/digest/digest-card.ts';
import { digestModal } from '../../../src/slack/digest/digest-form.ts';
import { cardsAsText } from '../../../src/slack/kit/contact-sheet.ts';
import { FIRST_PAGES } from '../../../src/slack/kit/home-metadata.ts';
import type { Message } from '../../../src/slack/kit/message.ts';
import type { CarouselBlock, MessageBlock } from '../../../src/slack/kit/newer-blocks.ts';
import {
  budget,
  clientBudget,
  clientDigestCard,
  clientWeek,
  digestCard,
  FINDINGS,
  keptImage,
  quietCard,
} from '../../../test/slack/digest-views.ts';
import { HUGE, LONG_NAME, LONG_PROMPT, LONG_WORD, MARKUP, RTL_NAME, RTL_PROMPT } from '../hard-cases.ts';
import type { Family, Sample } from '../sample.ts';
import { clientNames } from './figures.ts';

const digest = (name: string, card: ReturnType<typeof digestCard>): Sample => ({
  name,
  kind: 'message',
  draw: () => digestMessage(card),
});

const called = (names: readonly string[]) => names.map((name, index) => clientWeek(index, { name }));
const { runsOut, leftOver, spike, blocked, fewKept } = FINDINGS;
const busy = clientWeek(0, { week: { ...clientWeek(0).week, credits: 340 }, usualCredits: 70 });
const huge = clientWeek(0, {
  name: 'Atlas Outdoor',
  usualCredits: 1,
  week: { ...clientWeek(0).week, credits: HUGE },
  budget: budget({ wholeCredits: HUGE, usedCredits: HUGE, expectedCredits: 1 }),
});
const few = called(['Northwind Coffee', 'Atlas Outdoor', 'Mira Skincare']);

const ofClient = (name: string, card: ReturnType<typeof clientDigestCard>): Sample => ({
  name: `client digest, ${name}`,
  kind: 'message',
  draw: () => clientDigestMessage(card),
});
/** As Slack gets it where it refuses the contact sheet. */
function asText(card: ReturnType<typeof clientDigestCard>): Message {
  const { text, blocks } = clientDigestMessage(card);
  return { text, blocks: blocks.map((block) => (isSheet(block) ? cardsAsText(block.elements) : block)) };
}
const isSheet = (block: MessageBlock): block is CarouselBlock => block.type === 'carousel';
const hardPrompts = [LONG_PROMPT, LONG_WORD, RTL_PROMPT, MARKUP, null];
const hard = hardPrompts.map((prompt, index) => keptImage(index, { prompt, imagesCount: 4, imageNo: index + 1 }));

export const DIGESTS: Family = {
  name: 'digests',
  samples: [
    digest('digest, a quiet week', quietCard()),
    digest('digest, one client', digestCard()),
    digest('digest, three findings', digestCard({ clients: few, findings: [runsOut, leftOver, fewKept] })),
    digest('digest, a spike', digestCard({ clients: [busy], findings: [spike] })),
    digest('digest, blocked', digestCard({ clients: few, findings: [blocked] })),
    digest('digest, thirty clients', digestCard({ clients: called(clientNames.slice(0, 30)), findings: [runsOut] })),
    digest(
      'digest, long names',
      digestCard({ clients: called([LONG_NAME, LONG_WORD, RTL_NAME]), findings: [runsOut, leftOver, fewKept] }),
    ),
    digest('digest, markup', digestCard({ clients: called([MARKUP, MARKUP]), findings: [spike, leftOver] })),
    digest('digest, huge', digestCard({ clients: [huge], usualCredits: HUGE })),
    digest('digest, no budget', digestCard({ clients: [clientWeek(0, { budget: null, usualCredits: 0 })] })),
    digest('digest, preview', digestCard({ isPreview: true })),
    ofClient('one image', clientDigestCard(1)),
    ofClient('ten of thirty images', clientDigestCard(10, { imagesCount: 64, keptCount: 30 })),
    ofClient('nothing kept', clientDigestCard(0, { imagesCount: 1 })),
    ofClient('no limit', clientDigestCard(3, { budget: null })),
    ofClient(
      'a limit that leaves less, and a hold',
      clientDigestCard(2, { budget: clientBudget({ heldCredits: 4, less: { window: 'day', leftCredits: 0 } }) }),
    ),
    ofClient(
      'long names',
      clientDigestCard(5, {
        clientName: LONG_NAME,
        kept: hard,
        budget: clientBudget({ window: 'total', leftCredits: HUGE, usedCredits: HUGE, resetsOn: null }),
      }),
    ),
    ofClient('markup', clientDigestCard(0, { clientName: MARKUP })),
    ofClient('preview', clientDigestCard(2, { preview: { images: 'shown' } })),
    ofClient('preview without images', clientDigestCard(0, { keptCount: 2, preview: { images: 'left_out' } })),
    { name: 'client digest, as text', kind: 'message', draw: () => asText(clientDigestCard(10, { keptCount: 12 })) },
    ...(['is_archived', 'not_in_channel', 'restricted_action'] as const).map(
      (code): Sample => ({
        name: `client digest, not posted: ${code}`,
        kind: 'message',
        draw: () =>
          notPostedMessage({
            kind: 'digest_not_posted',
            at: 0,
            channelId: 'C0NORTHWIND',
            clientName: 'Northwind Coffee',
            code,
          }),
      }),
    ),
    {
      name: 'digest, settings',
      kind: 'modal',
      draw: () =>
        digestModal({ digest: { weekday: 1, minuteOfDay: 545, readers: 'owners_and_managers' }, pages: FIRST_PAGES }),
    },
  ],
};
