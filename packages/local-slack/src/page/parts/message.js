// One message. Painted again in place: blocks that have not changed keep their nodes, and so what is open in them.
import { drawBlocks } from '../blocks/draw-blocks.js';
import { createSurface } from '../blocks/surface.js';
import { avatar, badgeOf, SLACKBOT } from '../directory.js';
import { apart, fill, h } from '../dom.js';
import { icon } from '../icons.js';
import { clockTime, formatDate } from '../text/dates.js';
import { drawMrkdwn } from '../text/draw-text.js';
import { drawCopyLink } from './copy-link.js';
import { drawFiles, shownInBlocks } from './files.js';
import { drawReactions, drawReactionTools } from './reactions.js';
import { drawShortcuts } from './shortcuts.js';

const parts = new WeakMap();

/** `node` is the message's element of last time, or null. */
export function paintMessage(node, row, context) {
  const element = node ?? createMessage(row, context);
  const part = parts.get(element);
  const { message, compact } = row;
  const { session } = context;
  const person = session.directory.person(message.userId);
  element.className = ['message', compact && 'message-compact', message.ephemeral && 'message-ephemeral']
    .filter(Boolean)
    .join(' ');
  part.message = message;
  fill(part.side, null, () => (compact ? drawTime(row, 'message-side-time') : avatar(person, 36)));
  fill(part.head, null, () => drawHead(row, person));
  fill(part.text, null, () => drawText(message, session));
  drawBlocks(part.blocks, message.blocks, part.surface);
  fill(part.files, JSON.stringify([message.files, shownInBlocks(message.blocks)]), () => drawFiles(message));
  const shown = JSON.stringify([message.reactions, session.as]);
  fill(part.reactions, shown, () => drawReactions(message, session));
  fill(part.foot, null, () => drawFoot(message, context));
  fill(part.tools, shown, () => drawTools(message, context));
  return element;
}

function createMessage({ message }, { session }) {
  const made = {
    message,
    side: h('div', { class: 'message-side' }),
    head: h('div', { class: 'message-head' }),
    text: h('div', { class: 'message-text' }),
    blocks: h('div', { class: 'blocks' }),
    files: h('div', { class: 'files' }),
    reactions: h('div', {}),
    foot: h('div', { class: 'message-foot' }),
    tools: h('div', { class: 'message-tools' }),
  };
  made.surface = createSurface({
    place: { in: 'message', channelId: session.channelId, ts: message.ts },
    as: () => session.as,
    directory: session.directory,
  });
  made.surface.sizeOf = (fileId) => made.message.files.find((file) => file.fileId === fileId);
  const element = h(
    'article',
    {
      'data-testid': 'message',
      'data-ts': message.ts,
      'data-user-id': message.userId,
      'data-ephemeral': message.ephemeral,
    },
    made.side,
    h('div', { class: 'message-main' }, made.head, made.text, made.blocks, made.files, made.reactions, made.foot),
    made.tools,
  );
  parts.set(element, made);
  return element;
}

function drawHead(row, person) {
  const { message, compact } = row;
  const only = message.ephemeral
    ? h('div', { class: 'only-you', 'data-testid': 'only-you' }, icon('eye', 14), 'Only visible to you')
    : null;
  if (compact) return null;
  const badge = person && person.kind !== 'bot' ? badgeOf(person) : null;
  return [
    only,
    h(
      'div',
      { class: 'message-author-line' },
      apart(person?.realName ?? 'Unknown person', { class: 'message-author', 'data-testid': 'author' }),
      person?.kind === 'bot' && person !== SLACKBOT ? h('span', { class: 'app-badge' }, 'APP') : null,
      badge ? h('span', { class: `badge badge-${person.kind}` }, badge) : null,
      drawTime(row, 'message-time'),
    ),
  ];
}

function drawTime({ at, inThread }, className) {
  const time = inThread ? formatDate(at, '{date_short_pretty} at {time}') : clockTime(at);
  const shown =
    className === 'message-side-time' ? clockTime(at).replace(/ [AP]M$/, '') : time.replace(/^Today at /, '');
  const props = { class: className, datetime: new Date(at).toISOString(), title: new Date(at).toLocaleString() };
  return h('time', props, shown);
}

/** With blocks, `text` is only what a notification would say. */
function drawText(message, session) {
  if (message.blocks.length > 0 || message.text === '') return null;
  return h(
    'div',
    { class: 'mrkdwn', dir: 'auto', 'data-testid': 'text' },
    drawMrkdwn(message.text, session.directory),
    drawEdited(message),
  );
}

function drawEdited({ edited }) {
  return edited ? h('span', { class: 'edited', 'data-testid': 'edited' }, ' (edited)') : null;
}

function drawFoot(message, context) {
  return [message.blocks.length > 0 ? drawEdited(message) : null, drawFootButton(message, context)];
}

function drawFootButton(message, { session, inThread }) {
  if (message.note) {
    const dismiss = () => session.dropNote(message);
    return h(
      'button',
      { type: 'button', class: 'text-button', 'data-testid': 'note-dismiss', on: { click: dismiss } },
      'Dismiss',
    );
  }
  if (inThread || !(message.replies > 0)) return null;
  const words = `${message.replies} ${message.replies === 1 ? 'reply' : 'replies'}`;
  const props = {
    type: 'button',
    class: 'thread-link',
    'data-testid': 'thread-link',
    on: { click: () => session.openThread(message.ts) },
  };
  return h('button', props, icon('chat', 16), words, h('span', { class: 'thread-view' }, 'View thread'));
}

function drawTools(message, { session, inThread }) {
  if (message.ephemeral) return null;
  return [
    drawReactionTools(message, session),
    inThread ? null : drawReply(message, session),
    drawCopyLink(message, session),
    drawShortcuts(message, session),
  ];
}

function drawReply(message, session) {
  return h(
    'button',
    {
      type: 'button',
      class: 'tool',
      'data-testid': 'reply',
      title: 'Reply in thread',
      'aria-label': 'Reply in thread',
      on: { click: () => session.openThread(message.ts) },
    },
    icon('reply', 18),
  );
}
