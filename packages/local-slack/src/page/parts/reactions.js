// Reactions: the row of counts under a message, and the small picker beside it.
import { openPopup } from '../blocks/popup.js';
import { h } from '../dom.js';
import { icon } from '../icons.js';
import { act } from '../server.js';
import { drawEmoji } from '../text/draw-text.js';

/** The picker offers all of these. The bar over a message shows the first ones. */
export const OFFERED = ['star', 'trophy', 'wastebasket', '+1', 'eyes', 'heart', 'tada', 'fire', 'bulb', 'question'];
const IN_BAR = OFFERED.slice(0, 3);

/** The counts under a message: a click adds a reaction or takes it back. Null where there is none. */
export function drawReactions(message, session) {
  if (!takesReactions(message) || message.reactions.length === 0) return null;
  const pills = message.reactions.map((reaction) => drawPill(message, reaction, session));
  return h('div', { class: 'reactions', 'data-testid': 'reactions' }, pills, drawAdd(message, session, 'reaction-add'));
}

/** The start of the bar that shows over a message. */
export function drawReactionTools(message, session) {
  if (!takesReactions(message)) return null;
  const quick = IN_BAR.map((name) =>
    h(
      'button',
      { ...buttonProps(name, `React with :${name}:`), class: 'tool', on: { click: toggle } },
      drawEmoji(name),
    ),
  );
  function toggle({ currentTarget }) {
    void react(currentTarget, message, session, currentTarget.dataset.emoji);
  }
  return [quick, drawAdd(message, session, 'tool')];
}

/** Only one person sees an ephemeral message or a note of the page: they take no reactions. */
const takesReactions = ({ ephemeral, note, reactions }) => !ephemeral && !note && reactions !== undefined;

function drawPill(message, { name, userIds }, session) {
  const isOwn = userIds.includes(session.as);
  const names = userIds.map((id) => session.directory.nameOf(id) ?? 'Somebody');
  const about = `${names.join(', ')} reacted with :${name}:`;
  const props = { ...buttonProps(name, about), 'data-testid': 'reaction', 'aria-pressed': String(isOwn) };
  const pill = h('button', { ...props, class: 'reaction' }, drawEmoji(name), h('span', {}, userIds.length));
  pill.addEventListener('click', () => react(pill, message, session, name));
  return pill;
}

const buttonProps = (name, about) => ({
  type: 'button',
  title: about,
  'aria-label': about,
  'data-emoji': name,
  'data-action-id': `reaction-${name}`,
});

function drawAdd(message, session, className) {
  const about = 'Add a reaction';
  const props = { type: 'button', class: className, title: about, 'aria-label': about, 'data-testid': 'add-reaction' };
  const button = h('button', { ...props, 'data-action-id': 'add-reaction' }, icon('smile', 18));
  let popup = null;
  const open = () => {
    const choose = (name) => {
      popup?.close();
      void react(button, message, session, name);
    };
    const panel = drawPicker(choose, () => popup?.close());
    popup = openPopup(button, panel, { onClose: () => button.focus() });
    panel.querySelector('button').focus();
  };
  button.addEventListener('click', open);
  return button;
}

function drawPicker(choose, close) {
  const choices = OFFERED.map((name) => {
    const props = { ...buttonProps(name, `:${name}:`), class: 'emoji-choice', 'data-testid': 'emoji-choice' };
    return h('button', { ...props, on: { click: () => choose(name) } }, drawEmoji(name));
  });
  const panel = h('div', { class: 'emoji-picker', role: 'dialog', 'aria-label': 'Choose a reaction' }, choices);
  panel.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    close();
  });
  return panel;
}

/** Adds the acting person's reaction, or takes back the one that is there. */
async function react(control, message, session, name) {
  if (control.getAttribute('aria-busy') === 'true') return;
  control.setAttribute('aria-busy', 'true');
  const { as, channelId } = session;
  const isOn = !message.reactions.find((each) => each.name === name)?.userIds.includes(as);
  const answer = await act({ act: 'react', as, channelId, ts: message.ts, name, isOn });
  control.removeAttribute('aria-busy');
  if (!answer.ok) session.note({ channelId, threadTs: session.threadTs }, answer.message);
}
