import { z } from 'zod';
import { id } from './composition.ts';
import { richText } from './rich-text.ts';

/** https://docs.slack.dev/reference/block-kit/blocks/table-block and data-table-block */

const blockId = { block_id: id.min(1).optional() };

const cell = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('raw_text'), text: z.string() }),
  z.strictObject({ type: z.literal('raw_number'), value: z.number(), text: z.string().optional() }),
  richText,
]);

export const table = z.strictObject({
  type: z.literal('table'),
  ...blockId,
  rows: z.array(z.array(cell).min(1).max(20)).min(1).max(100),
  column_settings: z
    .array(
      z.strictObject({
        align: z.enum(['left', 'center', 'right']).optional(),
        is_wrapped: z.boolean().optional(),
      }),
    )
    .max(20)
    .optional(),
});

const words = z.strictObject({ type: z.literal('raw_text'), text: z.string().min(1) });
const figure = z.strictObject({ type: z.literal('raw_number'), value: z.number(), text: z.string().min(1) });
const dataCell = z.discriminatedUnion('type', [words, figure, richText]);

/** The first row is the header. */
export const dataTable = z
  .strictObject({
    type: z.literal('data_table'),
    ...blockId,
    caption: z.string().min(1),
    rows: z.array(z.array(dataCell).min(1).max(20)).min(2).max(101),
    page_size: z.number().int().optional(),
    row_header_column_index: z.number().int().optional(),
  })
  .superRefine((given, check) => {
    for (const { message, path } of tableProblems(given)) check.addIssue({ code: 'custom', message, path });
  });

type Given = {
  rows: z.infer<typeof dataCell>[][];
  page_size?: number | undefined;
  row_header_column_index?: number | undefined;
};

function tableProblems({ rows, page_size: size = 5, row_header_column_index: column = 0 }: Given) {
  const [head = [], ...body] = rows;
  const problems: { message: string; path: (string | number)[] }[] = [];
  for (const [index, { type }] of head.entries()) {
    if (type === 'rich_text') problems.push({ message: 'header cells cannot be rich_text', path: ['rows', 0, index] });
  }
  for (const [index, row] of body.entries()) {
    if (row.length !== head.length) {
      problems.push({ message: 'all rows must have the same number of cells', path: ['rows', index + 1] });
    }
  }
  if (size < 1 || size > 100) problems.push({ message: 'must be between 1 and 100', path: ['page_size'] });
  if (column < 0 || column >= head.length) {
    problems.push({ message: 'must be a column of the table', path: ['row_header_column_index'] });
  }
  return problems;
}
