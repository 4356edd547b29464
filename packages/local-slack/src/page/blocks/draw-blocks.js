// Block Kit blocks → elements, block by block, so that a block that has not changed keeps its node.
import { apart, fill, freshId, h } from '../dom.js';
import { follow } from '../follow.js';
import { drawNodes, drawTextObject } from '../text/draw-text.js';
import { parseMarkdown } from '../text/markdown.js';
import { drawRichText } from '../text/rich-text.js';
import { drawCard, drawCarousel } from './cards.js';
import { drawChart } from './chart.js';
import { drawElement } from './elements.js';
import { drawImageBlock } from './images.js';
import { drawTable } from './table.js';
import { blockIdOf } from './values.js';

/** Makes `box` show `blocks`; what the person typed, opened or focused stays. */
export function drawBlocks(box, blocks, surface) {
  surface.take(blocks);
  const items = blocks.map((block, index) => ({ block, blockId: blockIdOf(block, index) }));
  follow(box, items, {
    key: ({ blockId, block }) => `${blockId} ${block.type}`,
    signature: ({ block }) => JSON.stringify(block),
    make: (item) => drawBlock(item, surface),
  });
  const isImage = (index) => blocks[index]?.type === 'image';
  for (const [index, node] of [...box.children].entries()) {
    node.classList.toggle('block-tile', isImage(index) && (isImage(index - 1) || isImage(index + 1)));
  }
}

/** Puts the surface's sentences beside their inputs, without touching the inputs. */
export function showErrors(box, errors) {
  for (const input of box.querySelectorAll('.block > .input')) {
    const error = errors[input.parentElement.dataset.blockId];
    const slot = input.querySelector(':scope > .input-about > .input-error-slot');
    input.classList.toggle('input-wrong', error !== undefined);
    fill(slot, error ?? '', () =>
      error ? h('div', { class: 'input-error', role: 'alert', 'data-testid': 'input-error' }, apart(error)) : null,
    );
  }
}

function drawBlock({ block, blockId }, surface) {
  const content = (DRAWERS[block.type] ?? unsupported)(block, { surface, blockId, block });
  return h(
    'div',
    {
      class: `block block-${block.type}`,
      'data-testid': 'block',
      'data-block-id': blockId,
      'data-block-type': block.type,
    },
    content,
  );
}

const DRAWERS = {
  section: drawSection,
  header: (block, { surface }) =>
    h(
      'div',
      { class: 'header-text', role: 'heading', 'aria-level': 3, dir: 'auto' },
      drawTextObject(block.text, surface.directory),
    ),
  divider: () => h('hr'),
  context: drawContext,
  image: drawImageBlock,
  actions: (block, context) => block.elements.map((element) => drawElement(element, { ...context, dispatches: true })),
  input: drawInput,
  rich_text: (block, { surface }) => drawRichText(block, surface.directory),
  markdown: (block, { surface }) =>
    h('div', { class: 'markdown', dir: 'auto' }, drawNodes(parseMarkdown(block.text), surface.directory)),
  table: drawTable,
  data_table: drawTable,
  data_visualization: drawChart,
  card: drawCard,
  carousel: drawCarousel,
  alert: (block, { surface }) =>
    h(
      'div',
      { class: `alert alert-${block.level ?? 'default'}`, role: 'note', dir: 'auto' },
      drawTextObject(block.text, surface.directory),
    ),
};

function unsupported(block) {
  return h('span', { class: 'unsupported', 'data-testid': 'unsupported' }, `unsupported block: ${block.type}`);
}

function drawSection(block, context) {
  const { directory } = context.surface;
  const text = block.text
    ? h('div', { class: 'section-text', dir: 'auto' }, drawTextObject(block.text, directory))
    : null;
  const fields = block.fields
    ? h(
        'div',
        { class: 'section-fields' },
        block.fields.map((field) => h('div', { dir: 'auto' }, drawTextObject(field, directory))),
      )
    : null;
  const accessory = block.accessory ? drawElement(block.accessory, { ...context, dispatches: true }) : null;
  return [
    h('div', { class: 'section-body' }, text, fields),
    accessory ? h('div', { class: `section-accessory accessory-${block.accessory.type}` }, accessory) : null,
  ];
}

function drawContext(block, context) {
  return block.elements.map((element) =>
    element.type === 'image'
      ? drawElement(element, { ...context, small: true })
      : h('span', { class: 'context-text', dir: 'auto' }, drawTextObject(element, context.surface.directory)),
  );
}

function drawInput(block, context) {
  const { surface } = context;
  const ids = { labelId: freshId('label'), controlId: freshId('control'), describedBy: freshId('about') };
  const element = drawElement(block.element, {
    ...context,
    ...ids,
    dispatches: block.dispatch_action === true,
    wide: true,
  });
  return h(
    'div',
    { class: 'input' },
    h(
      'label',
      { class: 'input-label', id: ids.labelId, for: ids.controlId, dir: 'auto' },
      drawTextObject(block.label, surface.directory),
      block.optional ? h('span', { class: 'input-optional' }, ' (optional)') : null,
    ),
    element,
    h(
      'div',
      { id: ids.describedBy, class: 'input-about' },
      h('div', { class: 'input-error-slot' }),
      block.hint ? h('div', { class: 'input-hint', dir: 'auto' }, drawTextObject(block.hint, surface.directory)) : null,
    ),
  );
}
