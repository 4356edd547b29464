// The menu of a message: what the app offers to do with it.
import { openPopup } from '../blocks/popup.js';
import { h } from '../dom.js';
import { icon } from '../icons.js';
import { act } from '../server.js';

/** The button that opens the menu; null where there is nothing in it. */
export function drawShortcuts(message, session) {
  const { shortcuts, bot } = session.view;
  if (shortcuts.length === 0 || message.note) return null;
  const about = 'More actions';
  const props = { type: 'button', class: 'tool', title: about, 'aria-label': about, 'aria-haspopup': 'menu' };
  const button = h('button', { ...props, 'data-testid': 'message-menu' }, icon('more', 18));
  button.addEventListener('click', () => {
    const close = () => popup.close();
    const choose = async ({ callbackId }) => {
      close();
      const { as, channelId } = session;
      const answer = await act({ act: 'shortcut', as, callbackId, channelId, ts: message.ts });
      if (!answer.ok) session.note({ channelId, threadTs: session.threadTs }, answer.message);
    };
    const panel = drawMenu({ shortcuts, bot, choose, close });
    const popup = openPopup(button, panel, { onClose: () => button.focus(), minWidth: 220 });
    panel.querySelector('button').focus();
  });
  return button;
}

function drawMenu({ shortcuts, bot, choose, close }) {
  const items = shortcuts.map((shortcut) =>
    h(
      'button',
      {
        type: 'button',
        role: 'menuitem',
        class: 'menu-item',
        'data-testid': 'shortcut',
        'data-callback-id': shortcut.callbackId,
        on: { click: () => choose(shortcut) },
      },
      h('span', {}, shortcut.name),
      h('small', {}, bot.name),
    ),
  );
  const panel = h('div', { class: 'menu', role: 'menu', 'aria-label': 'More actions' }, items);
  panel.addEventListener('keydown', (event) => {
    const at = items.indexOf(document.activeElement);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) items.at((at + step + items.length) % items.length).focus();
    else if (event.key === 'Escape') close();
    else return;
    event.preventDefault();
  });
  return panel;
}
