// The `card` and `carousel` blocks.
import { h } from '../dom.js';
import { icon } from '../icons.js';
import { drawTextObject } from '../text/draw-text.js';
import { drawButton } from './buttons.js';
import { drawImageElement, drawPicture, imageSource } from './images.js';

export function drawCard(card, context) {
  const { surface } = context;
  const text = (given, className) =>
    given ? h('div', { class: className, dir: 'auto' }, drawTextObject(given, surface.directory)) : null;
  return h(
    'article',
    { class: 'card', 'aria-label': card.title?.text ?? card.hero_image?.alt_text, 'data-testid': 'card' },
    card.hero_image ? h('div', { class: 'card-hero' }, hero(card.hero_image, surface)) : null,
    h(
      'div',
      { class: 'card-head' },
      card.icon ? drawImageElement(card.icon, { surface, small: true }) : null,
      h('div', { class: 'card-words' }, text(card.title, 'card-title'), text(card.subtitle, 'card-subtitle')),
    ),
    text(card.body, 'card-body'),
    text(card.subtext, 'card-subtext'),
    card.actions ? footer(card, context) : null,
  );
}

const hero = (image, { directory }) =>
  drawPicture({ source: imageSource(image, directory.view.me.userId), alt: image.alt_text });

/** Slack sets what is dangerous on the left, and what is first on the far right. */
function footer({ block_id: blockId, actions, ...card }, context) {
  const own = { ...context, block: card, blockId: blockId ?? context.blockId, dispatches: true };
  const place = { danger: 0, primary: 2 };
  const ordered = actions.toSorted((a, b) => (place[a.style] ?? 1) - (place[b.style] ?? 1));
  return h(
    'div',
    { class: 'card-foot' },
    ordered.map((element) =>
      h('span', { class: element.style === 'danger' ? 'card-danger' : null }, drawButton(element, own)),
    ),
  );
}

/** Places are fractions of a pixel on some screens. */
const EDGE_PX = 4;

export function drawCarousel({ elements }, context) {
  const strip = h(
    'ul',
    {
      class: 'carousel-strip',
      tabindex: 0,
      role: 'list',
      'aria-label': `${elements.length} cards`,
      'data-testid': 'carousel',
    },
    elements.map((card) => h('li', {}, drawCard(card, context))),
  );
  const [back, on] = [
    arrow('Previous cards', 'back', () => move(strip, -1)),
    arrow('More cards', 'on', () => move(strip, 1)),
  ];
  strip.addEventListener('keydown', (event) => {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (by === undefined || event.target !== strip) return;
    event.preventDefault();
    move(strip, by);
  });
  const follow = () => {
    back.hidden = strip.scrollLeft < EDGE_PX;
    on.hidden = strip.scrollLeft + strip.clientWidth > strip.scrollWidth - EDGE_PX;
  };
  strip.addEventListener('scroll', follow, { passive: true });
  new ResizeObserver(follow).observe(strip);
  return h('div', { class: 'carousel', role: 'group', 'aria-roledescription': 'carousel' }, back, strip, on);
}

/** The strip itself is scrolled by keys: what the arrows do is of no use to a screen reader. */
const arrow = (label, side, click) =>
  h(
    'button',
    {
      type: 'button',
      class: `carousel-arrow carousel-${side}`,
      title: label,
      'aria-hidden': 'true',
      tabindex: -1,
      on: { click },
    },
    icon('right', 18),
  );

function move(strip, by) {
  const card = strip.firstElementChild;
  if (card === null) return;
  const behavior = matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth';
  strip.scrollBy({ left: by * (card.getBoundingClientRect().width + 12), behavior });
}
