// The app's Home tab.
import { drawBlocks } from '../blocks/draw-blocks.js';
import { createSurface } from '../blocks/surface.js';
import { h } from '../dom.js';
import { spinner } from '../icons.js';
import { act } from '../server.js';

/** An app publishes its Home soon after it hears that a person opened it. */
const PATIENCE_MS = 4_000;

export function createHome(session) {
  const blocks = h('div', { class: 'blocks home-blocks' });
  const waiting = h('div', { class: 'home-waiting' });
  const showWaiting = (isOver) =>
    waiting.replaceChildren(...(isOver ? ['This app has nothing to show here yet.'] : [spinner(20), 'Opening Home…']));
  const element = h(
    'div',
    { class: 'home', 'data-testid': 'home', role: 'tabpanel', 'aria-label': 'Home', tabindex: 0, hidden: true },
    waiting,
    blocks,
  );
  let openedBy = null;
  let surface = null;
  return {
    element,
    draw() {
      const shown = session.tab === 'home';
      element.hidden = !shown;
      if (!shown) {
        openedBy = null;
        return;
      }
      if (openedBy !== session.as) {
        openedBy = session.as;
        blocks.replaceChildren();
        element.scrollTop = 0;
        surface = createSurface({ place: { in: 'home' }, as: () => session.as, directory: session.directory });
        showWaiting(false);
        act({ act: 'open_home', as: session.as }).then(() => setTimeout(showWaiting, PATIENCE_MS, true));
      }
      const { home } = session.view;
      waiting.hidden = home !== null;
      drawBlocks(blocks, home?.blocks ?? [], surface);
    },
  };
}
