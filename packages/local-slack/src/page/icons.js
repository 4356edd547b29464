// Line icons, 20 × 20, drawn here so that the page loads nothing from elsewhere.
import { svg } from './dom.js';

// biome-ignore format: one line a drawing
const LINES = {
  hash: ['M8 3 6.5 17', 'M13.5 3 12 17', 'M3.5 7.2h13.5', 'M3 12.8h13.5'],
  shared: ['M10 10.2 6.1 6.3a3 3 0 1 0 0 7.4L10 9.8l3.9-3.5a3 3 0 1 1 0 7.4z'],
  home: ['m3.5 9.5 6.5-6 6.5 6', 'M5.2 8.3v8h9.6v-8', 'M8.5 16.3v-4.5h3v4.5'],
  chat: ['M4 4.5h12a1.5 1.5 0 0 1 1.5 1.5v6.5A1.5 1.5 0 0 1 16 14h-5.5L7 17v-3H4a1.5 1.5 0 0 1-1.5-1.5V6A1.5 1.5 0 0 1 4 4.5z'],
  down: ['m5.5 8 4.5 4.5L14.5 8'],
  right: ['m8 5.5 4.5 4.5L8 14.5'],
  close: ['m5 5 10 10', 'M15 5 5 15'],
  send: ['M3.5 3.8 17 10 3.5 16.2 5.4 10z', 'M5.4 10h5.2'],
  eye: ['M2.5 10s2.8-5 7.5-5 7.5 5 7.5 5-2.8 5-7.5 5-7.5-5-7.5-5z', 'M10 12.2a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4z'],
  reply: ['M8.5 5 3.5 9.5l5 4.5', 'M3.5 9.5H12a4.5 4.5 0 0 1 4.5 4.5v1.5'],
  restart: ['M4.2 10a5.8 5.8 0 1 0 1.9-4.3', 'M4 3.2v3.3h3.3'],
  external: ['M8 4.5H5A1.5 1.5 0 0 0 3.5 6v9A1.5 1.5 0 0 0 5 16.5h9a1.5 1.5 0 0 0 1.5-1.5v-3', 'M11.5 3.5h5v5', 'm16.2 3.8-7 7'],
  file: ['M5 2.8h6.5L15.5 7v9a1.2 1.2 0 0 1-1.2 1.2H5.7A1.2 1.2 0 0 1 4.5 16V3.5z', 'M11.2 3v4.2h4.2'],
  download: ['M10 3.5v9', 'm6 9 4 4 4-4', 'M3.8 16.5h12.4'],
  more: ['M4.5 10h.01', 'M10 10h.01', 'M15.5 10h.01'],
  check: ['m4 10.5 4 4 8-9'],
  warning: ['M10 3.2 18 16.8H2z', 'M10 8v4', 'M10 14.4h.01'],
  search: ['M8.8 14.3a5.5 5.5 0 1 0 0-11 5.5 5.5 0 0 0 0 11z', 'm12.8 12.8 4 4'],
  people: ['M7.5 10a3 3 0 1 0 0-6 3 3 0 0 0 0 6z', 'M2.5 16.5c0-2.8 2.2-4.5 5-4.5s5 1.7 5 4.5', 'M13 4.3a3 3 0 0 1 0 5.4', 'M15 12.5c1.6.6 2.5 2 2.5 4'],
  pencil: ['m4 16 .8-3.4L13.4 4a1.8 1.8 0 0 1 2.6 2.6l-8.6 8.6z'],
  slash: ['M12.8 4 7.2 16'],
  at: ['M10 13.2a3.2 3.2 0 1 0 0-6.4 3.2 3.2 0 0 0 0 6.4z', 'M13.2 7v4.2c0 2.4 3.8 2.2 3.8-1.2a7 7 0 1 0-3 5.8'],
  smile: ['M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14z', 'M7.6 8.2h.01', 'M12.4 8.2h.01', 'M6.9 11.6a3.6 3.6 0 0 0 6.2 0'],
  clock: ['M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14z', 'M10 6v4l2.8 1.8'],
  link: ['M8.2 11.8a3 3 0 0 0 4.3 0l2.8-2.8a3 3 0 0 0-4.3-4.3l-1 1', 'M11.8 8.2a3 3 0 0 0-4.3 0L4.7 11A3 3 0 0 0 9 15.3l1-1'],
  compass: ['M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14z', 'm12.6 7.4-1.5 3.7-3.7 1.5 1.5-3.7z'],
};

export function icon(name, size = 18) {
  return svg(
    'svg',
    { viewBox: '0 0 20 20', width: size, height: size, class: `icon icon-${name}`, 'aria-hidden': 'true' },
    ...LINES[name].map((d) => svg('path', { d })),
  );
}

export function spinner(size = 16) {
  return svg(
    'svg',
    { viewBox: '0 0 20 20', width: size, height: size, class: 'spinner', 'aria-hidden': 'true' },
    svg('circle', { cx: 10, cy: 10, r: 7, class: 'spinner-track' }),
    svg('path', { d: 'M10 3a7 7 0 0 1 7 7', class: 'spinner-arc' }),
  );
}
