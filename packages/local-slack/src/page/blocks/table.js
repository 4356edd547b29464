// The `table` and `data_table` blocks.
import { h } from '../dom.js';
import { drawCell } from '../text/rich-text.js';

export function drawTable(block, { surface }) {
  const [head = [], ...rows] = block.rows ?? [];
  const settings = block.column_settings ?? [];
  const rowHeader = block.type === 'data_table' ? (block.row_header_column_index ?? 0) : null;
  const cell = (section) => (content, index) => {
    const right = settings[index]?.align === 'right' || content?.type === 'raw_number';
    const align = right ? 'align-right' : settings[index]?.align === 'center' ? 'align-center' : '';
    const scope = section === 'head' ? 'col' : index === rowHeader ? 'row' : null;
    return h(scope ? 'th' : 'td', { class: align, scope, dir: 'auto' }, drawCell(content, surface.directory));
  };
  return h(
    'div',
    { class: 'table-box', tabindex: 0, role: 'region', 'aria-label': block.caption ?? 'Table' },
    h(
      'table',
      {},
      block.caption ? h('caption', {}, block.caption) : null,
      h('thead', {}, h('tr', {}, head.map(cell('head')))),
      h(
        'tbody',
        {},
        rows.map((row) => h('tr', {}, row.map(cell('body')))),
      ),
    ),
  );
}
