// The modal's frame and small pieces.
import { avatar } from '../directory.js';
import { h } from '../dom.js';
import { icon, spinner } from '../icons.js';
import { drawTextObject } from '../text/draw-text.js';

const FIELDS = '.field, .select, .options input';

/** The empty dialog. `say(sentence)` shows what went wrong with the whole submission; null hides it. */
export function createFrame(close) {
  const title = h('h2', { class: 'modal-title', id: 'modal-title', 'data-testid': 'modal-title' });
  const blocks = h('div', { class: 'blocks modal-blocks' });
  const note = h('div', { class: 'modal-note', role: 'alert', 'data-testid': 'modal-note', hidden: true });
  const foot = h('footer', { class: 'dialog-foot modal-foot' });
  const x = h(
    'button',
    { type: 'button', class: 'btn-bare', 'aria-label': 'Close', 'data-testid': 'modal-x', on: { click: close } },
    icon('close'),
  );
  const dialog = h(
    'dialog',
    { class: 'dialog modal', 'aria-labelledby': 'modal-title', 'data-testid': 'modal' },
    h('header', { class: 'modal-head' }, title, x),
    h('div', { class: 'modal-scroll' }, note, blocks),
    foot,
  );
  const say = (sentence) => {
    note.hidden = sentence === null;
    note.textContent = sentence ?? '';
  };
  return { dialog, title, blocks, foot, say };
}

export function drawTitle(text, directory) {
  return [avatar({ kind: 'bot' }, 28), h('bdi', {}, drawTextObject({ type: 'plain_text', text }, directory))];
}

export function drawFoot(modal, busy, { close, submit }) {
  const cancel = { type: 'button', class: 'btn btn-large', 'data-testid': 'modal-close', on: { click: close } };
  const send = {
    type: 'button',
    class: 'btn btn-large btn-primary',
    'data-testid': 'modal-submit',
    'aria-busy': String(busy),
    disabled: busy,
    on: { click: submit },
  };
  return [
    h('button', cancel, modal.close),
    modal.submit === null
      ? null
      : h('button', send, busy ? spinner(16) : null, h('span', { class: 'btn-text' }, modal.submit)),
  ];
}

/** Where typing begins: what the app marked, else the first input, else the modal's own last button. */
export function firstField(dialog) {
  return (
    dialog.querySelector('[data-focus-first]') ??
    dialog.querySelector(`.modal-blocks :is(${FIELDS})`) ??
    dialog.querySelector('.modal-foot .btn:last-child')
  );
}

export function focusWrong(blocks) {
  const wrong = blocks.querySelector('.input-wrong');
  wrong?.querySelector(FIELDS)?.focus();
  wrong?.scrollIntoView({ block: 'nearest' });
}
