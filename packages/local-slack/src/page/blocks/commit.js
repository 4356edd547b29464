// A person changed an element: remember it, and tell the app if this element reports at once.
import { askConfirm } from './confirm.js';
import { feedback } from './feedback.js';
import { actionOf } from './values.js';

/**
 * Elements of actions and sections report every change; inputs only with `dispatch_action`. False if the person took
 * it back in the element's `confirm`.
 */
export async function commit(control, element, context, state) {
  const { surface, blockId, dispatches } = context;
  if (dispatches && element.confirm && !(await askConfirm(element.confirm, surface.directory))) return false;
  surface.put(blockId, element, state);
  if (dispatches) report(control, element, context, state);
  return true;
}

/** What was chosen while an earlier choice is still on its way, by control: the latest goes out next, none gets lost. */
const waiting = new WeakMap();

export async function report(control, element, context, state) {
  if (control.getAttribute('aria-busy') === 'true') {
    waiting.set(control, state);
    return;
  }
  const { surface, blockId } = context;
  await feedback(control, () => surface.send(blockId, actionOf({ blockId, element, state })));
  const later = waiting.get(control);
  waiting.delete(control);
  if (later !== undefined) await report(control, element, context, later);
}
