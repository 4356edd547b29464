// The workspace's clock under Administer: what time it is there, and a week that passes at a click.
import { fill, h } from '../dom.js';
import { icon, spinner } from '../icons.js';
import { act } from '../server.js';
import { dateAndTime } from '../text/dates.js';

const HOW =
  'Takes you to a Monday at nine in less than a minute. Meanwhile people make images, limits reset, and requests lapse.';
const AFTER = 'The weekly digest is in Inkwell’s messages: read it as Olivia, or as Marcus.';

export function createTime(session, say) {
  const now = h('p', { class: 'admin-now', role: 'status', 'data-testid': 'admin-now' });
  const more = h('div', {});
  const element = h(
    'section',
    { 'aria-labelledby': 'admin-time', hidden: true },
    h('h3', { class: 'admin-title', id: 'admin-time' }, 'Time'),
    now,
    more,
  );
  let hasPassed = false;
  const pass = async () => {
    say(null);
    const answer = await act({ act: 'let_week_pass', as: session.as });
    if (!answer.ok) say(answer.message);
  };
  return {
    element,
    draw() {
      const { canPass, isPassing, problem, now: at } = session.view.time;
      element.hidden = !canPass;
      hasPassed ||= isPassing;
      const words = `It is now ${dateAndTime(at)}`;
      fill(now, words, () => [icon('clock', 18), words]);
      fill(more, JSON.stringify([isPassing, hasPassed, problem]), () =>
        isPassing ? drawPassing() : [drawButton(pass), drawNote(problem, hasPassed)],
      );
    },
  };
}

const drawPassing = () =>
  h('p', { class: 'admin-passing', 'data-testid': 'admin-passing' }, spinner(), 'The week passes…');

function drawButton(pass) {
  const props = { type: 'button', class: 'btn', 'data-testid': 'let-week-pass', 'data-action-id': 'let-week-pass' };
  return h('button', { ...props, on: { click: pass } }, 'Let a week pass');
}

function drawNote(problem, hasPassed) {
  if (problem !== null) return h('p', { class: 'admin-how', role: 'alert' }, problem);
  return h('p', { class: 'admin-how', 'data-testid': 'admin-how' }, hasPassed ? AFTER : HOW);
}
