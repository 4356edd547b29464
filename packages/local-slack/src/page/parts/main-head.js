// Above the messages: the channel's name, topic and people; for the app its tabs.

import { avatar, badgeOf } from '../directory.js';
import { apart, fill, h } from '../dom.js';
import { icon } from '../icons.js';
import { drawMrkdwn } from '../text/draw-text.js';

const FACES_MAX = 3;

export function createMainHead(session) {
  const element = h('header', { class: 'main-head' });
  return {
    element,
    draw() {
      const channel = session.channel();
      const app = session.isApp();
      const signature = JSON.stringify([channel, session.tab, app, session.as, session.view.people.length]);
      fill(element, signature, () => (channel === null ? h('h1', {}, 'No channel') : drawHead(channel, app, session)));
      element.classList.toggle('with-tabs', app);
    },
  };
}

function drawHead(channel, app, session) {
  const { directory } = session;
  const partner = channel.kind === 'im' ? directory.partnerOf(channel) : null;
  const name = partner?.realName ?? channel.name;
  return [
    h(
      'div',
      { class: 'main-title-row' },
      h(
        'h1',
        { class: 'main-title', 'data-testid': 'channel-title' },
        partner ? avatar(partner, 28) : icon('hash', 20),
        apart(name),
      ),
      partner && partner.kind !== 'bot' && badgeOf(partner)
        ? h('span', { class: `badge badge-${partner.kind}` }, badgeOf(partner))
        : null,
      channel.isShared
        ? h(
            'span',
            { class: 'shared-mark', 'data-testid': 'shared-mark' },
            icon('shared', 15),
            h('span', {}, 'Shared with people outside the agency'),
          )
        : null,
      channel.topic
        ? h('span', { class: 'topic', dir: 'auto', title: channel.topic }, drawMrkdwn(channel.topic, directory))
        : null,
      channel.kind === 'channel' ? drawMembers(channel, session) : null,
    ),
    app ? drawTabs(session) : null,
  ];
}

function drawMembers({ memberIds }, { directory, administer }) {
  const people = memberIds
    .map((id) => directory.person(id))
    .filter((person) => person !== null && person.kind !== 'bot');
  const names = people.map(({ realName }) => realName).join(', ');
  return h(
    'button',
    {
      type: 'button',
      class: 'members',
      title: names,
      'data-testid': 'members',
      'aria-label': `${people.length} people: ${names}`,
      on: { click: () => administer() },
    },
    people.slice(0, FACES_MAX).map((person) => avatar(person, 20)),
    h('span', { class: 'members-count' }, String(people.length)),
  );
}

function drawTabs(session) {
  const { unread } = session.channel();
  const tab = (name, text, iconName) =>
    h(
      'button',
      {
        type: 'button',
        role: 'tab',
        class: `tab ${session.tab === name ? 'tab-shown' : ''}`,
        'aria-selected': String(session.tab === name),
        'data-testid': `tab-${name}`,
        on: { click: () => session.open(session.channelId, { tab: name }) },
      },
      icon(iconName, 16),
      text,
      name === 'messages' && session.tab === 'home' && unread > 0
        ? h('span', { class: 'unread' }, String(unread))
        : null,
    );
  return h(
    'div',
    { class: 'tabs', role: 'tablist', 'aria-label': 'Inkwell' },
    tab('home', 'Home', 'home'),
    tab('messages', 'Messages', 'chat'),
  );
}
