// Lets the administrator make people guests or deactivate them, change who is in a channel and whether it is shared, and set the time.
import { onEscape } from '../blocks/confirm.js';
import { avatar, badgeOf } from '../directory.js';
import { apart, fill, h } from '../dom.js';
import { follow } from '../follow.js';
import { icon } from '../icons.js';
import { act } from '../server.js';
import { createTime } from './time.js';

const STANDINGS = { member: 'Full member', guest: 'Guest', deactivated: 'Deactivated' };

/** `open()` shows it; while it is open, `draw()` keeps it at what holds now. */
export function createAdminister(session) {
  const people = h('ul', { class: 'admin-list', 'aria-label': 'People of the workspace' });
  const members = h('ul', { class: 'admin-list', 'aria-label': 'People in the channel' });
  const room = h('h3', { class: 'admin-title', id: 'admin-channel' });
  const shared = h('div', {});
  const channelPart = h('section', { 'aria-labelledby': 'admin-channel' }, room, shared, members);
  const note = h('div', { class: 'modal-note', role: 'alert', 'data-testid': 'admin-note', hidden: true });
  const say = (sentence) => {
    note.hidden = sentence === null;
    note.textContent = sentence ?? '';
  };
  const time = createTime(session, say);
  const dialog = createDialog(() => dialog.close(), [note, time.element, peoplePart(people), channelPart]);
  const change = async (control, body) => {
    say(null);
    control.setAttribute('aria-busy', 'true');
    const answer = await act({ ...body, as: session.as });
    control.removeAttribute('aria-busy');
    if (!answer.ok) {
      draw();
      say(answer.message);
    }
    await session.refresh();
    draw();
  };
  /** What is refused goes back to what holds, before the refusal is read: controls show the server's state, whatever was clicked. */
  const draw = () => {
    if (!dialog.open || session.view === null) return;
    time.draw();
    const all = session.view.people;
    follow(people, all.filter(isOfAgency), {
      key: ({ userId }) => userId,
      signature: JSON.stringify,
      make: (person) => drawPerson(person, change),
    });
    const channel = session.channel();
    channelPart.hidden = channel?.kind !== 'channel';
    if (channelPart.hidden) return;
    fill(room, channel.name, () => ['# ', apart(channel.name)]);
    follow(shared, [channel], {
      key: ({ channelId }) => channelId,
      signature: ({ isShared }) => String(isShared),
      make: (shown) => drawShared(shown, change),
    });
    const rows = all.map((person) => ({ person, channelId: channel.channelId, isIn: isIn(channel, person) }));
    follow(members, rows, {
      key: ({ person, channelId }) => `${channelId} ${person.userId}`,
      signature: JSON.stringify,
      make: (row) => drawMember(row, change),
    });
    restore(people, members, all, channel);
  };
  return {
    element: dialog,
    draw,
    open() {
      say(null);
      dialog.showModal();
      draw();
      dialog.querySelector('section:not([hidden]) :is(button, select, input)')?.focus();
    },
  };
}

const isOfAgency = ({ kind }) => kind === 'member' || kind === 'guest';
const isIn = ({ memberIds }, { userId }) => memberIds.includes(userId);
const standingOf = ({ kind, deactivated }) => (deactivated ? 'deactivated' : kind);

/** A control that the server refused to follow shows what holds. */
function restore(people, members, all, channel) {
  for (const person of all) {
    const select = people.querySelector(`[data-person-id="${CSS.escape(person.userId)}"] select`);
    if (select) select.value = standingOf(person);
    const box = members.querySelector(`[data-person-id="${CSS.escape(person.userId)}"] input`);
    if (box) box.checked = isIn(channel, person);
  }
}

function createDialog(close, content) {
  const x = h(
    'button',
    { type: 'button', class: 'btn-bare', 'aria-label': 'Close', 'data-testid': 'admin-close', on: { click: close } },
    icon('close'),
  );
  const title = h('h2', { class: 'modal-title', id: 'admin-title' }, 'Time, people and channels');
  const dialog = h(
    'dialog',
    { class: 'dialog modal', 'aria-labelledby': 'admin-title', 'data-testid': 'admin' },
    h('header', { class: 'modal-head' }, title, x),
    h('div', { class: 'modal-scroll admin' }, content),
  );
  onEscape(dialog, close);
  dialog.addEventListener('mousedown', (event) => event.target === dialog && close());
  return dialog;
}

const peoplePart = (list) =>
  h(
    'section',
    { 'aria-labelledby': 'admin-people' },
    h('h3', { class: 'admin-title', id: 'admin-people' }, 'People'),
    list,
  );

function drawPerson(person, change) {
  const { userId, realName } = person;
  const select = h(
    'select',
    {
      class: 'field admin-standing',
      'aria-label': `What ${realName} is`,
      'data-action-id': `admin-person-${userId}`,
      on: { change: () => change(select, { act: 'set_person', userId, standing: select.value }) },
    },
    Object.entries(STANDINGS).map(([value, words]) => h('option', { value }, words)),
  );
  select.value = standingOf(person);
  return h('li', { 'data-testid': 'admin-person', 'data-person-id': userId }, nameOf(person), select);
}

function drawShared({ channelId, isShared }, change) {
  const box = h('input', {
    type: 'checkbox',
    checked: isShared,
    'data-action-id': 'admin-shared',
    'data-testid': 'admin-shared',
    on: { change: () => change(box, { act: 'set_shared', channelId, isShared: box.checked }) },
  });
  return h('label', { class: 'option' }, box, h('span', {}, 'Shared with people outside the agency'));
}

function drawMember({ person, channelId, isIn: isInNow }, change) {
  const { userId } = person;
  const box = h('input', {
    type: 'checkbox',
    checked: isInNow,
    'data-action-id': `admin-member-${userId}`,
    on: { change: () => change(box, { act: 'set_member', channelId, userId, isIn: box.checked }) },
  });
  const props = { 'data-testid': 'admin-member', 'data-person-id': userId };
  return h('li', props, h('label', { class: 'option' }, box, nameOf(person)));
}

function nameOf(person) {
  const badge = badgeOf(person);
  return h(
    'span',
    { class: 'admin-name' },
    avatar(person, 20),
    apart(person.realName),
    badge ? h('span', { class: `badge badge-${person.kind}` }, badge) : null,
  );
}
