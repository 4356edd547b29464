// The top of the person's stack of modals, as a dialog. A new version of the same view keeps what was typed.

import { onEscape } from '../blocks/confirm.js';
import { drawBlocks, showErrors } from '../blocks/draw-blocks.js';
import { createSurface } from '../blocks/surface.js';
import { validate } from '../blocks/validate.js';
import { fill } from '../dom.js';
import { act } from '../server.js';
import { createFrame, drawFoot, drawTitle, firstField, focusWrong } from './modal-parts.js';

export function createModal(session) {
  const close = () => shown.modal && act({ act: 'close', as: session.as, viewId: shown.modal.viewId });
  const frame = createFrame(close);
  const { dialog, blocks } = frame;
  /** `errors` are sentences by block id; `taken` is the server's errors as they were last taken over. */
  const shown = { modal: null, surface: null, sending: false, errors: {}, taken: '', before: null };
  const surfaces = new Map();
  const dress = () => {
    const busy = shown.sending || shown.modal.busy;
    showErrors(blocks, shown.errors);
    dialog.setAttribute('aria-busy', String(busy));
    const { submit: submitText, close: closeText } = shown.modal;
    const signature = JSON.stringify([submitText, closeText, busy]);
    fill(frame.foot, signature, () => drawFoot(shown.modal, busy, { close, submit }));
  };
  const submit = () => submitModal({ session, frame, shown, dress });
  const surfaceOf = (viewId) => {
    if (!surfaces.has(viewId)) {
      const place = { in: 'modal', viewId };
      const { directory } = session;
      const channelId = session.channel()?.kind === 'channel' ? session.channelId : null;
      const surface = createSurface({ place, as: () => session.as, directory, requestSubmit: submit, channelId });
      surface.onEdit = (blockId) => {
        delete shown.errors[blockId];
        showErrors(blocks, shown.errors);
      };
      surfaces.set(viewId, surface);
    }
    return surfaces.get(viewId);
  };
  const end = () => {
    surfaces.clear();
    shown.modal = null;
    if (!dialog.open) return;
    dialog.close();
    if (shown.before?.isConnected) shown.before.focus({ preventScroll: true });
  };
  onEscape(dialog, close);
  dialog.addEventListener('keydown', (event) => event.key === 'Enter' && (event.ctrlKey || event.metaKey) && submit());
  return {
    element: dialog,
    draw() {
      const { modal } = session.view;
      if (modal === null) return end();
      const other = shown.modal?.viewId !== modal.viewId;
      if (other) startView(frame, shown);
      shown.modal = modal;
      shown.surface = surfaceOf(modal.viewId);
      dialog.dataset.viewId = modal.viewId;
      fill(frame.title, modal.title, () => drawTitle(modal.title, session.directory));
      drawBlocks(blocks, modal.blocks, shown.surface);
      const wrong = takeErrors(modal, shown);
      dress();
      if (!dialog.open) {
        shown.before = document.activeElement;
        dialog.showModal();
      }
      if (other) firstField(dialog)?.focus();
      else if (wrong) focusWrong(blocks);
    },
  };
}

function startView({ blocks, say }, shown) {
  blocks.replaceChildren();
  Object.assign(shown, { errors: {}, taken: '' });
  say(null);
}

/** The server's sentences count once for each answer: what the person has edited since is no longer wrong. */
function takeErrors(modal, shown) {
  const given = JSON.stringify(modal.errors);
  if (given === shown.taken) return false;
  shown.taken = given;
  shown.errors = { ...modal.errors };
  return Object.keys(shown.errors).length > 0;
}

async function submitModal({ session, frame, shown, dress }) {
  const { modal, surface } = shown;
  if (modal === null || modal.submit === null || shown.sending || modal.busy) return;
  shown.errors = validate(modal.blocks, surface.form);
  frame.say(null);
  if (Object.keys(shown.errors).length > 0) {
    dress();
    focusWrong(frame.blocks);
    return;
  }
  Object.assign(shown, { sending: true, taken: '{}' });
  dress();
  const answer = await act({ act: 'submit', as: session.as, viewId: modal.viewId, values: surface.values() });
  // Sentences beside inputs say more than the answer's: they come with the view.
  if (!answer.ok) await session.refresh();
  shown.sending = false;
  if (shown.modal === null) return;
  if (!answer.ok && Object.keys(shown.modal.errors).length === 0) frame.say(answer.message);
  dress();
}
