// Keyed re-rendering: what has not changed keeps its node, and with it focus, typed text, open lists and scroll.

const known = new WeakMap();

/**
 * Makes the children of `parent` follow `items`. A child with the same key and signature stays as it is; a changed one
 * is handed to `change(node, item)` if there is one, else replaced by `make(item)`.
 */
export function follow(parent, items, { key, signature, make, change = null }) {
  const present = new Map();
  for (const node of [...parent.children]) {
    const mark = known.get(node);
    if (mark) present.set(mark.key, node);
  }
  const wanted = new Set(items.map(key));
  for (const [name, node] of present) if (!wanted.has(name)) node.remove();
  let cursor = parent.firstElementChild;
  for (const item of items) {
    const name = key(item);
    const old = present.get(name) ?? null;
    const node = nodeFor(old, item, { name, signature, make, change });
    if (old !== null && old !== node) {
      if (cursor === old) cursor = node;
      swap(old, node);
    }
    if (node === cursor) cursor = cursor.nextElementSibling;
    else parent.insertBefore(node, cursor);
  }
}

function nodeFor(present, item, { name, signature, make, change }) {
  const now = signature(item);
  if (present && known.get(present).signature === now) return present;
  const node = present && change ? (change(present, item) ?? present) : make(item);
  known.set(node, { key: name, signature: now });
  return node;
}

/** Puts `node` where `old` was and gives the focus back to the same control, with the same selection. */
function swap(old, node) {
  const focus = rememberFocus(old);
  old.replaceWith(node);
  restoreFocus(node, focus);
}

function rememberFocus(box) {
  const active = document.activeElement;
  if (active === null || active === document.body || !box.contains(active)) return null;
  const { actionId, part } = active.dataset;
  const typed = typeof active.selectionStart === 'number' ? [active.selectionStart, active.selectionEnd] : null;
  return { actionId, part, typed };
}

function restoreFocus(box, focus) {
  if (focus?.actionId === undefined) return;
  const sameAction = [box, ...box.querySelectorAll('[data-action-id]')].filter(
    (one) => one.dataset.actionId === focus.actionId,
  );
  const target = sameAction.find((one) => one.dataset.part === focus.part) ?? sameAction[0];
  target?.focus({ preventScroll: true });
  if (focus.typed && target && typeof target.selectionStart === 'number') target.setSelectionRange(...focus.typed);
}
