import type { ClientDigestCard, DigestNotPosted, KeptImage } from '../../app/digest/client-digest-view.ts';
import { dateWords, spanWords } from '../../words/dates.ts';
import { clientBudgetParts, madeParts } from '../../words/describe-client-digest.ts';
import { number } from '../../words/figures.ts';
import { contactSheet, linkButton, type SheetCard } from '../kit/contact-sheet.ts';
import { LINKS } from '../kit/ids.ts';
import { type Message, message } from '../kit/message.ts';
import { CARDS_MAX, type MessageBlock } from '../kit/newer-blocks.ts';
import { bold, context, type Inline, name } from '../kit/parts.ts';
import { channelLink, shorten } from '../kit/text.ts';
import { whyNotPosted } from '../notes/why-not-posted.ts';

/** Enough to recognise a prompt by, below a small image. */
const TITLE_CHARACTERS_MAX = 80;
const ALT_CHARACTERS_MAX = 500;

/** A channel's week, for everybody there: what was made, what the client has left, and the kept images. */
export function clientDigestMessage(card: ClientDigestCard): Message {
  const { clientName, week, budget } = card;
  const lines: Inline[][] = [
    [bold(`The week of ${spanWords(week)}`)],
    madeParts(card),
    ...(budget ? [clientBudgetParts(clientName, budget)] : []),
  ];
  return message(lines, ...sheetBlocks(card), ...previewNote(card));
}

/** Images that lead nowhere are gone from the channel, or are not to be shown. */
function sheetBlocks({ kept, keptCount }: ClientDigestCard): MessageBlock[] {
  const cards = kept.flatMap((image) => (image.url === null ? [] : [cardOf(image, image.url)])).slice(0, CARDS_MAX);
  if (cards.length === 0) return [];
  const more = `${number(cards.length)} of ${number(keptCount)} kept images are shown.`;
  return [contactSheet(cards), ...(cards.length < keptCount ? [context(more)] : [])];
}

function cardOf({ fileId, imageNo, imagesCount, prompt, isFinal, date }: KeptImage, url: string): SheetCard {
  const which = imagesCount === 1 ? 'AI image' : `AI image ${imageNo} of ${imagesCount}`;
  return {
    fileId,
    alt: prompt === null ? which : `${which}: ${shorten(prompt, ALT_CHARACTERS_MAX)}`,
    title: prompt === null ? which : shorten(prompt, TITLE_CHARACTERS_MAX),
    subtitle: `${isFinal ? 'Final' : 'Kept'} · ${dateWords(date)}`,
    buttons: [linkButton('Open message', { action: LINKS.image, url })],
  };
}

function previewNote({ preview, channelId }: ClientDigestCard): MessageBlock[] {
  if (preview === null) return [];
  const where = channelLink(channelId);
  const images = preview.images === 'shown' ? '' : ' Its images are shown to people in the channel alone.';
  return [context(`A preview for you alone of what ${where} gets.${images}`)];
}

/** For those who may turn it off. */
export const notPostedMessage = ({ channelId, clientName, code }: DigestNotPosted): Message =>
  message([
    ['Inkwell couldn’t post the weekly digest of ', name(clientName), '.'],
    whyNotPosted(code, channelId),
    ['Inkwell tries again next week. You can turn the digest off in Home, under Clients.'],
  ]);
