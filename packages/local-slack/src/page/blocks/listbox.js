// The open list of a select: search box, groups, arrow keys. It keeps no values, it only reports picks.
import { append, freshId, h } from '../dom.js';
import { icon } from '../icons.js';

/** Short lists need no search box, as in Slack; the box still takes the keys. */
const SEARCH_FROM = 6;

/** `{ panel, start }`: call `start` once the panel is shown. */
export function drawListbox({ groups, multi, chosenValues, pick, leave, resized }) {
  const listId = freshId('list');
  const count = groups.reduce((sum, { choices }) => sum + choices.length, 0);
  const search = h('input', {
    class: 'list-search',
    type: 'text',
    role: 'combobox',
    'aria-expanded': 'true',
    'aria-controls': listId,
    'aria-autocomplete': 'list',
    'aria-label': 'Search the list',
    placeholder: 'Search',
    autocomplete: 'off',
    spellcheck: 'false',
  });
  const list = h('div', { class: 'list', role: 'listbox', id: listId, 'aria-multiselectable': multi ? 'true' : null });
  const box = h(
    'div',
    { class: `list-search-box ${count < SEARCH_FROM ? 'visually-hidden' : ''}` },
    icon('search', 16),
    search,
  );
  const panel = h('div', { class: 'list-panel', 'data-testid': 'options' }, box, list);
  let shown = [];
  let active = 0;
  const show = () => {
    shown = drawOptions(list, groups, {
      query: search.value.trim().toLowerCase(),
      chosenValues: chosenValues(),
      onPick: take,
    });
    move(Math.min(active, shown.length - 1));
    resized();
  };
  const move = (to) => {
    shown[active]?.node.classList.remove('active');
    active = Math.max(0, to);
    const node = shown[active]?.node;
    node?.classList.add('active');
    node?.scrollIntoView({ block: 'nearest' });
    if (node) search.setAttribute('aria-activedescendant', node.id);
    else search.removeAttribute('aria-activedescendant');
  };
  const take = (choice) => {
    pick(choice);
    if (multi && panel.isConnected) show();
  };
  search.addEventListener('input', () => {
    active = 0;
    show();
  });
  panel.addEventListener('keydown', (event) =>
    onKey(event, { move, take, leave, active: () => active, shown: () => shown }),
  );
  return {
    panel,
    start() {
      show();
      move(
        Math.max(
          0,
          shown.findIndex(({ choice }) => chosenValues().has(choice.value)),
        ),
      );
      search.focus({ preventScroll: true });
    },
  };
}

function drawOptions(list, groups, { query, chosenValues, onPick }) {
  const shown = [];
  list.replaceChildren();
  for (const { label, choices } of groups) {
    const fitting = choices.filter(({ words }) => query === '' || words.includes(query));
    if (fitting.length === 0) continue;
    const nodes = fitting.map((choice) => drawOption(choice, chosenValues.has(choice.value), onPick));
    shown.push(...nodes.map((node, index) => ({ node, choice: fitting[index] })));
    if (label === null) list.append(...nodes);
    else
      append(list, [h('div', { role: 'group', 'aria-label': label }, h('div', { class: 'list-label' }, label), nodes)]);
  }
  if (shown.length === 0) append(list, [h('div', { class: 'list-none' }, 'Nothing found')]);
  return shown;
}

function drawOption(choice, selected, onPick) {
  return h(
    'div',
    {
      class: 'list-option',
      role: 'option',
      id: freshId('option'),
      'aria-selected': String(selected),
      'data-testid': 'option',
      'data-value': choice.value,
      on: { mousedown: (event) => event.preventDefault(), click: () => onPick(choice) },
    },
    h('span', { class: 'list-option-text', dir: 'auto' }, choice.draw()),
    selected ? icon('check', 16) : null,
  );
}

function onKey(event, { move, take, leave, active, shown }) {
  const last = shown().length - 1;
  const to = {
    ArrowDown: active() >= last ? 0 : active() + 1,
    ArrowUp: active() <= 0 ? last : active() - 1,
    Home: 0,
    End: last,
  }[event.key];
  if (to !== undefined) {
    event.preventDefault();
    move(to);
  } else if (event.key === 'Enter') {
    event.preventDefault();
    if (shown()[active()]) take(shown()[active()].choice);
  } else if (event.key === 'Escape' || event.key === 'Tab') {
    event.preventDefault();
    leave();
  } else return;
  event.stopPropagation();
}
