// The commands that fit what is being typed, above the composer. The input keeps the focus; arrows choose.

import { avatar } from '../directory.js';
import { apart, freshId, h } from '../dom.js';

const BOT = { kind: 'bot', realName: '' };

/** The command that a text calls, once its name is complete; null if none. */
export function commandIn(text, commands) {
  const name = /^(\/\S+)(\s|$)/.exec(text)?.[1];
  return commands.find(({ command }) => command === name) ?? null;
}

export function createSlashMenu({ anchor, input, pick }) {
  const listId = freshId('commands');
  const list = h('div', { class: 'slash-list', role: 'listbox', id: listId, 'aria-label': 'Commands' });
  const panel = h(
    'div',
    { class: 'slash-menu', 'data-testid': 'slash-menu', hidden: true },
    h('div', { class: 'slash-title' }, 'Commands'),
    list,
  );
  anchor.before(panel);
  input.setAttribute('role', 'combobox');
  input.setAttribute('aria-controls', listId);
  input.setAttribute('aria-autocomplete', 'list');
  input.setAttribute('aria-expanded', 'false');
  let offered = [];
  let active = 0;
  const close = () => {
    panel.hidden = true;
    offered = [];
    input.setAttribute('aria-expanded', 'false');
    input.removeAttribute('aria-activedescendant');
  };
  const take = (index) => {
    const { command } = offered[index];
    close();
    pick(command);
  };
  const mark = (to) => {
    active = (to + offered.length) % offered.length;
    [...list.children].forEach((node, index) => {
      node.classList.toggle('active', index === active);
      node.setAttribute('aria-selected', String(index === active));
    });
    input.setAttribute('aria-activedescendant', list.children[active].id);
    list.children[active].scrollIntoView({ block: 'nearest' });
  };
  return {
    close,
    update(text, commands) {
      offered = /^\/\S*$/.test(text) ? commands.filter(({ command }) => command.startsWith(text)) : [];
      if (offered.length === 0) return close();
      list.replaceChildren(...offered.map((command, index) => drawCommand(command, () => take(index))));
      panel.hidden = false;
      input.setAttribute('aria-expanded', 'true');
      mark(0);
    },
    /** True if the key belonged to the menu. */
    onKey(event) {
      if (offered.length === 0 || event.isComposing) return false;
      const complete = offered.length === 1 && offered[0].command === input.value;
      if (event.key === 'ArrowDown') mark(active + 1);
      else if (event.key === 'ArrowUp') mark(active - 1);
      else if (event.key === 'Escape') close();
      else if (event.key === 'Tab' || (event.key === 'Enter' && !event.shiftKey && !complete)) take(active);
      else return false;
      event.preventDefault();
      return true;
    },
  };
}

function drawCommand({ command, description, usageHint }, take) {
  const props = {
    class: 'slash-option',
    role: 'option',
    id: freshId('command'),
    'data-testid': 'slash-option',
    'data-command': command,
    on: { mousedown: (event) => event.preventDefault(), click: take },
  };
  return h(
    'div',
    props,
    avatar(BOT, 28),
    h(
      'div',
      { class: 'slash-words' },
      h('div', {}, h('strong', {}, command), ' ', h('span', { class: 'slash-hint' }, usageHint)),
      h('div', { class: 'slash-about' }, apart(description)),
    ),
  );
}
