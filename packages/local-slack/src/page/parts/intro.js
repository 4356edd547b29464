// What stands above the first message of a channel.
import { avatar } from '../directory.js';
import { apart, h } from '../dom.js';
import { icon } from '../icons.js';
import { drawMrkdwn } from '../text/draw-text.js';

/** `{ text, draw }`: `text` tells whether it has to be drawn again. */
export function introOf(session) {
  const channel = session.channel();
  if (channel === null) return null;
  const { directory } = session;
  const partner = channel.kind === 'im' ? directory.partnerOf(channel) : null;
  const name = partner?.realName ?? channel.name;
  const mark = partner ? avatar(partner, 36) : icon('hash', 26);
  return {
    text: JSON.stringify([name, channel.topic, channel.isShared]),
    draw: () =>
      h(
        'div',
        { class: 'intro' },
        h('div', { class: 'intro-mark' }, mark),
        h('h2', {}, partner ? '' : '#\u2009', apart(name)),
        h('p', { dir: 'auto' }, drawMrkdwn(sentence(channel, session.isApp()), directory)),
      ),
  };
}

function sentence(channel, isApp) {
  if (isApp) return 'Messages from Inkwell just for you: approvals and answers.';
  if (channel.kind === 'im') return 'This is the very beginning of your conversation.';
  const shared = channel.isShared ? ' People outside the agency can see this channel.' : '';
  return `This is the very beginning of the channel.${shared}`;
}
