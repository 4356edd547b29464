// The quiet strip: what the local Slack complains about (a late ack, a block over its limit), and lost connections.
import { fill, h } from '../dom.js';
import { icon } from '../icons.js';
import { clockTime } from '../text/dates.js';

const SEEN = 'inkwell-violations-seen';

export function createStrip(session) {
  const element = h('div', { class: 'strip', role: 'status', 'data-testid': 'violations' });
  let open = false;
  const draw = () => {
    const seen = Number(sessionStorage.getItem(SEEN) ?? 0);
    const violations = session.view.violations.filter(({ at }) => at > seen);
    const trouble = session.trouble ?? (session.lost ? 'no event stream' : null);
    element.hidden = violations.length === 0 && trouble === null;
    element.classList.toggle('strip-trouble', trouble !== null);
    fill(element, JSON.stringify([violations, trouble, open]), () =>
      trouble !== null
        ? [icon('warning', 16), h('span', {}, 'Reconnecting to the local Slack…')]
        : drawViolations(violations, open, toggle, dismiss),
    );
  };
  const toggle = () => {
    open = !open;
    draw();
  };
  const dismiss = () => {
    sessionStorage.setItem(SEEN, String(session.view.violations[0].at));
    open = false;
    draw();
  };
  return { element, draw };
}

function drawViolations([newest, ...rest], open, toggle, dismiss) {
  if (!newest) return null;
  const line = ({ at, text }) => h('li', {}, h('time', {}, clockTime(at)), ' ', h('bdi', {}, text));
  return [
    icon('warning', 16),
    h('ul', {}, line(newest), open ? rest.map(line) : null),
    rest.length > 0
      ? h(
          'button',
          { type: 'button', class: 'strip-button', 'aria-expanded': String(open), on: { click: toggle } },
          open ? 'Less' : `${rest.length} more`,
        )
      : null,
    h(
      'button',
      {
        type: 'button',
        class: 'strip-button',
        'data-testid': 'violations-dismiss',
        'aria-label': 'Dismiss',
        on: { click: dismiss },
      },
      icon('close', 14),
    ),
  ];
}
