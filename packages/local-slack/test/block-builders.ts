import { plain } from './support.ts';

export const long = (count: number) => 'x'.repeat(count);
export const many = <T>(count: number, make: (index: number) => T) =>
  Array.from({ length: count }, (_, index) => make(index));
export const actions = (...elements: object[]) => [{ type: 'actions', elements }];
export const context = (...elements: object[]) => [{ type: 'context', elements }];
export const option = (value: string, text = 'One') => ({ text: plain(text), value });
export const select = (more: object) =>
  actions({ type: 'static_select', action_id: 's', options: [option('1')], ...more });
export const header = (text: object) => [{ type: 'header', text }];
export const image = (more: object) => [
  { type: 'image', image_url: 'https://example.com/a.png', alt_text: 'x', ...more },
];
export const input = (element: object) => [{ type: 'input', label: plain('L'), element }];
export const typed = { type: 'plain_text_input', action_id: 't' };
export const rich = (...elements: object[]) => [
  { type: 'rich_text', elements: [{ type: 'rich_text_section', elements }] },
];
export const divider = (more: object = {}) => ({ type: 'divider', ...more });
