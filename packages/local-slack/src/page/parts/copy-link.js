// The link of a message: what `--thread` takes.
import { h } from '../dom.js';
import { icon } from '../icons.js';
import { linkOf } from '../text/message-link.js';

const COPIED_FOR_MS = 1_500;
const ABOUT = 'Copy link';

export function drawCopyLink(message, session) {
  if (message.note) return null;
  const props = { type: 'button', class: 'tool', title: ABOUT, 'aria-label': ABOUT, 'data-testid': 'copy-link' };
  const button = h('button', props, icon('link', 18));
  button.addEventListener('click', async () => {
    const link = linkOf(message, { domain: session.view.workspaceDomain, channelId: session.channelId });
    if (!(await copies(link))) return session.note({ channelId: session.channelId, threadTs: session.threadTs }, link);
    button.replaceChildren(icon('check', 18));
    button.title = 'Copied';
    button.setAttribute('aria-label', 'Copied');
    setTimeout(() => {
      button.replaceChildren(icon('link', 18));
      button.title = ABOUT;
      button.setAttribute('aria-label', ABOUT);
    }, COPIED_FOR_MS);
  });
  return button;
}

/** A browser may keep the clipboard from a page, and has none for one that came over plain HTTP: then the link is shown, to be copied by hand. */
async function copies(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
