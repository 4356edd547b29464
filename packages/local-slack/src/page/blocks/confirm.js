// The "are you sure?" dialog of Block Kit's `confirm`, also used by the page itself.
import { freshId, h } from '../dom.js';
import { drawTextObject } from '../text/draw-text.js';

/** Resolves to whether the person said yes. Esc and the backdrop mean no. */
export function askConfirm(confirm, directory) {
  return new Promise((resolve) => {
    const titleId = freshId('confirm');
    const button = (testId, style, text, answer) =>
      h(
        'button',
        { type: 'button', class: `btn btn-large ${style}`, 'data-testid': testId, on: { click: () => end(answer) } },
        text,
      );
    const yes = button(
      'confirm-ok',
      confirm.style === 'danger' ? 'btn-danger' : 'btn-primary',
      confirm.confirm?.text ?? 'Yes',
      true,
    );
    const no = button('confirm-cancel', '', confirm.deny?.text ?? 'Cancel', false);
    const dialog = h(
      'dialog',
      { class: 'dialog confirm', 'data-testid': 'confirm-dialog', 'aria-labelledby': titleId },
      h(
        'h2',
        { class: 'confirm-title', id: titleId, dir: 'auto' },
        drawTextObject(confirm.title ?? plain('Are you sure?'), directory),
      ),
      h('div', { class: 'confirm-text', dir: 'auto' }, drawTextObject(confirm.text, directory)),
      h('div', { class: 'dialog-foot' }, no, yes),
    );
    const before = document.activeElement;
    const end = (answer) => {
      dialog.remove();
      if (before?.isConnected) before.focus({ preventScroll: true });
      resolve(answer);
    };
    onEscape(dialog, () => end(false));
    dialog.addEventListener('mousedown', (event) => event.target === dialog && end(false));
    document.body.append(dialog);
    dialog.showModal();
    (confirm.style === 'danger' ? no : yes).focus();
  });
}

/**
 * Esc handled here and nowhere further up: a browser closes a dialog by itself at the second unanswered `cancel`. That
 * comes instead of the key where nothing in the dialog has the focus.
 */
export function onEscape(element, listener) {
  element.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    event.preventDefault();
    event.stopPropagation();
    listener();
  });
  element.addEventListener('cancel', (event) => {
    event.preventDefault();
    if (event.target === element) listener();
  });
}

function plain(text) {
  return { type: 'plain_text', text };
}
