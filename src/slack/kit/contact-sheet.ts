import type { Button, RichTextBlock, RichTextElement } from '@slack/types';
import {
  CARD_BODY_CHARACTERS_MAX,
  CARD_BUTTONS_MAX,
  CARD_TITLE_CHARACTERS_MAX,
  CARDS_MAX,
  type CardBlock,
  type CarouselBlock,
} from './newer-blocks.ts';
import { cutTo, name, plain } from './parts.ts';

/** One image of a contact sheet. */
export type SheetCard = {
  /** The image's file in Slack. */
  fileId: string;
  /** What a screen reader says of the image. */
  alt: string;
  title: string;
  subtitle?: string;
  body?: string;
  /** Buttons, with `linkButton` among them; Slack takes three. An id has to be unique within a card. */
  buttons?: readonly Button[];
};

const ALT_CHARACTERS_MAX = 2_000;

/** Shows images side by side, ten at most: the first ones stay. Throws where there is none. */
export function contactSheet(cards: readonly SheetCard[]): CarouselBlock {
  if (cards.length === 0) throw new RangeError('A contact sheet needs an image.');
  return { type: 'carousel', elements: cards.slice(0, CARDS_MAX).map(cardOf) };
}

function cardOf({ fileId, alt, title, subtitle, body, buttons = [] }: SheetCard): CardBlock {
  return {
    type: 'card',
    hero_image: {
      type: 'image',
      slack_file: { id: fileId },
      alt_text: cutTo(alt, ALT_CHARACTERS_MAX) || cutTo(title, ALT_CHARACTERS_MAX) || '…',
    },
    title: plain(title, CARD_TITLE_CHARACTERS_MAX),
    ...(subtitle ? { subtitle: plain(subtitle, CARD_TITLE_CHARACTERS_MAX) } : {}),
    ...(body ? { body: plain(body, CARD_BODY_CHARACTERS_MAX) } : {}),
    ...(buttons.length > 0 ? { actions: buttons.slice(0, CARD_BUTTONS_MAX) } : {}),
  };
}

/** Makes a button that leads somewhere, such as to the image's own message. */
export const linkButton = (words: string, { action, url }: { action: string; url: string }): Button => ({
  type: 'button',
  action_id: action,
  text: plain(words, 75),
  url,
});

/** Writes cards as rows of text with their links, for a Slack that draws none. Buttons without an address fall away. */
export function cardsAsText(cards: readonly CardBlock[]): RichTextBlock {
  return {
    type: 'rich_text',
    elements: [
      {
        type: 'rich_text_list',
        style: 'bullet',
        elements: cards.map((card) => ({ type: 'rich_text_section', elements: rowOf(card) })),
      },
    ],
  };
}

function rowOf({ title, subtitle, body, hero_image: image, actions = [] }: CardBlock): RichTextElement[] {
  const more = [subtitle?.text, body?.text].flatMap((words) => (words ? [text(` · ${words}`)] : []));
  const links = actions.flatMap(({ url, text: words }) =>
    url === undefined ? [] : [text(' · '), { type: 'link', url, text: words.text } as const],
  );
  return [name(title?.text ?? image?.alt_text ?? ''), ...more, ...links];
}

const text = (words: string): RichTextElement => ({ type: 'text', text: words });
