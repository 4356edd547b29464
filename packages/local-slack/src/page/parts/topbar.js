// The strip on top: whose Slack this is. One click, or the arrow keys, makes the page another person's.

import { avatar, badgeOf } from '../directory.js';
import { apart, h } from '../dom.js';
import { follow } from '../follow.js';
import { icon } from '../icons.js';
import { confirmReset } from './reset.js';

export function createTopbar(session) {
  const people = h('div', { class: 'people', role: 'radiogroup', 'aria-label': 'Act as', 'data-testid': 'people' });
  people.addEventListener('keydown', moveAmongPeople);
  const element = h(
    'header',
    { class: 'topbar' },
    h('span', { class: 'topbar-label' }, 'Act as'),
    people,
    h(
      'button',
      {
        type: 'button',
        class: 'topbar-button',
        'data-testid': 'administer',
        title: 'Let time pass; guests, leavers, and who is in which channel',
        on: { click: () => session.administer() },
      },
      icon('people'),
      h('span', {}, 'Administer'),
    ),
    h(
      'button',
      {
        type: 'button',
        class: 'topbar-button',
        'data-testid': 'reset',
        title: 'Empty the playground and start over',
        on: { click: () => confirmReset(session) },
      },
      icon('restart'),
      h('span', {}, 'Reset'),
    ),
  );
  return {
    element,
    draw() {
      const { view, as } = session;
      follow(
        people,
        view.people.filter(({ kind }) => kind !== 'bot'),
        {
          key: ({ userId }) => userId,
          signature: (person) => JSON.stringify([person, person.userId === as]),
          make: (person) => drawPerson(person, person.userId === as, () => session.become(person.userId)),
        },
      );
    },
  };
}

function drawPerson(person, active, become) {
  const badge = badgeOf(person);
  const about = [person.realName, person.title, badge].filter(Boolean).join(', ');
  return h(
    'button',
    {
      type: 'button',
      class: `person ${active ? 'person-active' : ''} person-${person.kind}`,
      role: 'radio',
      'aria-checked': String(active),
      tabindex: active ? 0 : -1,
      title: about,
      'aria-label': about,
      disabled: person.deactivated,
      'data-testid': 'person',
      'data-person-id': person.userId,
      'data-action-id': `person-${person.userId}`,
      on: { click: () => active || become() },
    },
    avatar(person, 28),
    h(
      'span',
      { class: 'person-words' },
      apart(person.realName, { class: 'person-name' }),
      badge
        ? h('span', { class: `badge badge-${person.kind}` }, badge)
        : apart(person.title, { class: 'person-title' }),
    ),
  );
}

function moveAmongPeople(event) {
  const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
  if (step === undefined) return;
  event.preventDefault();
  const buttons = [...event.currentTarget.querySelectorAll('button:not(:disabled)')];
  const at = buttons.indexOf(document.activeElement);
  buttons[(at + step + buttons.length) % buttons.length].focus();
}
