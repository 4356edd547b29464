// Names and faces of people and channels, from the latest View.
import { h, svg } from './dom.js';
import { icon } from './icons.js';

const BADGES = { guest: 'guest', outsider: 'outside the agency', bot: 'app' };
/** How many colours `.tone-n` in base.css offers. */
const TONES = 10;

export const SLACKBOT = { userId: 'USLACKBOT', realName: 'Slackbot', title: '', kind: 'bot', deactivated: false };

export function createDirectory() {
  let view = null;
  const person = (id) => {
    if (view === null) return null;
    if (id === SLACKBOT.userId) return SLACKBOT;
    const known = view.people.find((one) => one.userId === id) ?? (view.me.userId === id ? view.me : null);
    if (known) return known;
    return id === view.bot.userId ? botPerson(view.bot) : null;
  };
  const channel = (id) => view?.channels.find((one) => one.channelId === id) ?? null;
  return {
    update(next) {
      view = next;
    },
    get view() {
      return view;
    },
    person,
    channel,
    nameOf: (id) => person(id)?.realName ?? null,
    channelName: (id) => {
      const found = channel(id);
      return found?.kind === 'channel' ? found.name : null;
    },
    isBot: (id) => view !== null && id === view.bot.userId,
    /** The app's own direct message: where Home is. */
    appChannel: () =>
      view?.channels.find((one) => one.kind === 'im' && one.memberIds.includes(view.bot.userId)) ?? null,
    /** Returns the other person of a direct message. */
    partnerOf: (one) => person(one.memberIds.find((id) => id !== view.me.userId) ?? view.me.userId),
  };
}

function botPerson({ userId, name }) {
  return { userId, realName: name, title: '', kind: 'bot', deactivated: false };
}

export function badgeOf(person) {
  return person.deactivated ? 'deactivated' : (BADGES[person.kind] ?? null);
}

/** A square with a face: the ink drop for Inkwell, initials on a colour of one's own for everybody else. */
export function avatar(person, size) {
  const props = { class: `avatar avatar-${size}`, 'aria-hidden': 'true' };
  if (person === SLACKBOT) return h('span', { ...props, class: `${props.class} avatar-slackbot` }, icon('hash', 20));
  if (person?.kind === 'bot') return h('span', { ...props, class: `${props.class} avatar-app` }, drop());
  const name = person?.realName ?? '?';
  return h('span', { ...props, class: `${props.class} tone-${toneOf(person?.userId ?? name)}` }, initials(name));
}

export function initials(name) {
  const words = name.split(/[\s-]+/).filter((word) => /^[\p{L}\p{N}]/u.test(word));
  const letters = words.length > 1 ? [words[0], words.at(-1)] : words;
  return letters.map((word) => [...word][0].toUpperCase()).join('') || '?';
}

/** Stable for a person, whatever order people come in. */
export function toneOf(id) {
  let hash = 0;
  for (const character of id) hash = (hash * 31 + character.codePointAt(0)) % 9973;
  return hash % TONES;
}

function drop() {
  return svg(
    'svg',
    { viewBox: '0 0 20 20' },
    svg('path', { d: 'M10 2.6c2.7 3.5 5 6 5 9a5 5 0 0 1-10 0c0-3 2.3-5.5 5-9z', fill: '#fff' }),
    svg('path', {
      d: 'M7.3 11.8c.1 1.7 1.1 2.6 2.5 2.8',
      fill: 'none',
      stroke: '#6d5ce0',
      'stroke-width': 1.3,
      'stroke-linecap': 'round',
    }),
  );
}
