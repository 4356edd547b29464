// Buttons and the overflow menu.
import { apart, h } from '../dom.js';
import { icon } from '../icons.js';
import { drawTextObject } from '../text/draw-text.js';
import { safeUrl } from '../text/mrkdwn.js';
import { askConfirm } from './confirm.js';
import { feedback, withFeedbackSlot } from './feedback.js';
import { openPopup } from './popup.js';
import { actionOf } from './values.js';

const STYLES = { primary: 'btn-primary', danger: 'btn-danger' };

export function hooks(context, element, part = null) {
  return { 'data-action-id': element.action_id, 'data-block-id': context.blockId, 'data-part': part };
}

export function drawButton(element, context) {
  const url = element.url === undefined ? null : safeUrl(element.url);
  const extra = { text: element.text, ...(element.value === undefined ? {} : { value: element.value }) };
  const control = h(
    'button',
    {
      type: 'button',
      class: `btn ${STYLES[element.style] ?? ''}`,
      'data-testid': 'button',
      'aria-label': element.accessibility_label,
      title: url,
      ...hooks(context, element, element.value),
      on: { click: () => press(control, element, context, extra, url) },
    },
    h('span', { class: 'btn-text' }, drawTextObject(element.text, context.surface.directory)),
    url === null ? null : icon('external', 14),
  );
  return withFeedbackSlot(control);
}

async function press(control, element, context, extra, url) {
  const { surface, blockId } = context;
  if (element.confirm && !(await askConfirm(element.confirm, surface.directory))) return;
  if (url !== null) follow(url);
  await feedback(control, () => surface.send(blockId, actionOf({ blockId, element, extra })));
}

/** Slack's own address of a channel leads to the channel, here as there. */
function follow(url) {
  const { origin, pathname, searchParams } = new URL(url);
  const channelId = searchParams.get('channel');
  if (origin === 'https://slack.com' && pathname === '/app_redirect' && channelId) location.hash = `#${channelId}`;
  else window.open(url, '_blank', 'noopener');
}

export function drawOverflow(element, context) {
  let popup = null;
  const trigger = h(
    'button',
    {
      type: 'button',
      class: 'btn btn-icon',
      'data-testid': 'overflow',
      'aria-label': 'More actions',
      'aria-haspopup': 'menu',
      'aria-expanded': 'false',
      ...hooks(context, element),
      on: { click: () => (popup === null ? open() : popup.close()) },
    },
    icon('more'),
  );
  const open = () => {
    const menu = drawMenu(element, context, (option) => {
      popup.close();
      trigger.focus();
      choose(trigger, element, context, option);
    });
    menu.addEventListener('keydown', (event) => moveInMenu(event, menu, () => popup.close(), trigger));
    popup = openPopup(trigger, menu, {
      onClose: () => {
        popup = null;
        trigger.setAttribute('aria-expanded', 'false');
      },
    });
    trigger.setAttribute('aria-expanded', 'true');
    menu.firstElementChild?.focus();
  };
  return withFeedbackSlot(trigger);
}

function drawMenu(element, context, pick) {
  return h(
    'div',
    { class: 'menu', role: 'menu' },
    element.options.map((option) =>
      h(
        'button',
        {
          type: 'button',
          class: 'menu-item',
          role: 'menuitem',
          'data-testid': 'option',
          'data-value': option.value,
          on: { click: () => pick(option) },
        },
        apart(drawTextObject(option.text, context.surface.directory)),
        option.description ? h('small', {}, drawTextObject(option.description, context.surface.directory)) : null,
      ),
    ),
  );
}

function moveInMenu(event, menu, close, trigger) {
  const items = [...menu.children];
  const at = items.indexOf(document.activeElement);
  const to = {
    ArrowDown: (at + 1) % items.length,
    ArrowUp: (at - 1 + items.length) % items.length,
    Home: 0,
    End: items.length - 1,
  }[event.key];
  if (to !== undefined) {
    event.preventDefault();
    items[to].focus();
  } else if (event.key === 'Escape' || event.key === 'Tab') {
    event.preventDefault();
    event.stopPropagation();
    close();
    trigger.focus();
  }
}

async function choose(trigger, element, context, option) {
  const { surface, blockId } = context;
  if (element.confirm && !(await askConfirm(element.confirm, surface.directory))) return;
  const url = option.url === undefined ? null : safeUrl(option.url);
  if (url !== null) window.open(url, '_blank', 'noopener');
  await feedback(trigger, () =>
    surface.send(blockId, actionOf({ blockId, element, extra: { selected_option: option } })),
  );
}
