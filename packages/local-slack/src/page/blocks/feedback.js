// What an element shows while its act is under way, and when it failed.
import { h } from '../dom.js';
import { icon, spinner } from '../icons.js';

const WARNING_MS = 10_000;

/** Wraps a control with the place beside it where a spinner or a warning sign appears. */
export function withFeedbackSlot(control, props = {}) {
  return h('span', { class: 'element', ...props }, control, h('span', { class: 'element-feedback' }));
}

/** Shows on `control` that `work` is under way; a failed answer leaves a warning sign with its sentence. */
export async function feedback(control, work) {
  if (control.getAttribute('aria-busy') === 'true') return null;
  const slot = control.closest('.element')?.querySelector(':scope > .element-feedback') ?? null;
  control.setAttribute('aria-busy', 'true');
  slot?.replaceChildren(spinner());
  const answer = await work();
  control.removeAttribute('aria-busy');
  slot?.replaceChildren(...(answer.ok ? [] : [warning(answer.message)]));
  if (!answer.ok) setTimeout(() => slot?.replaceChildren(), WARNING_MS);
  return answer;
}

function warning(message) {
  return h(
    'span',
    { class: 'element-failed', role: 'alert', 'data-testid': 'element-failed', title: message },
    icon('warning', 16),
    h('span', {}, message),
  );
}
