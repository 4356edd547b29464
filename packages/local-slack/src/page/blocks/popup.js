// A small panel under its trigger, in the browser's top layer: works inside dialogs and is never cut off.

const GAP = 4;
const MARGIN = 8;
const WIDTH_MAX = 520;

/** Shows `panel` beside `trigger`; `onClose` is told once. Returns `{ close, place }`. */
export function openPopup(trigger, panel, { onClose = () => {}, minWidth = 0, above = false } = {}) {
  panel.setAttribute('popover', 'manual');
  panel.classList.add('popup');
  trigger.after(panel);
  panel.showPopover();
  const place = () => (trigger.isConnected ? placeAt(trigger, panel, minWidth, above) : close());
  const outside = (event) => {
    if (!panel.contains(event.target) && !trigger.contains(event.target)) close();
  };
  const moved = (event) => {
    if (!panel.contains(event.target)) place();
  };
  let open = true;
  function close() {
    if (!open) return;
    open = false;
    document.removeEventListener('pointerdown', outside, true);
    document.removeEventListener('scroll', moved, true);
    window.removeEventListener('resize', place);
    panel.remove();
    onClose();
  }
  document.addEventListener('pointerdown', outside, true);
  document.addEventListener('scroll', moved, true);
  window.addEventListener('resize', place);
  place();
  return { close, place };
}

function placeAt(trigger, panel, minWidth, above) {
  const box = trigger.getBoundingClientRect();
  panel.style.minWidth = `${Math.max(minWidth, Math.min(box.width, WIDTH_MAX))}px`;
  const height = panel.offsetHeight;
  const below = window.innerHeight - box.bottom - GAP - MARGIN;
  const up = above || (height > below && box.top > below);
  const top = up ? Math.max(MARGIN, box.top - GAP - height) : box.bottom + GAP;
  const left = Math.min(box.left, window.innerWidth - panel.offsetWidth - MARGIN);
  panel.style.top = `${top}px`;
  panel.style.left = `${Math.max(MARGIN, left)}px`;
}
