import { z } from 'zod';
import { dispatchConfig, id, plainText } from './composition.ts';

/** Elements that a person types into; they stand in input blocks only. */

const isRange = ({
  min_value: least,
  max_value: most,
}: {
  min_value?: string | undefined;
  max_value?: string | undefined;
}) => least === undefined || most === undefined || Number(least) <= Number(most);

const typed = {
  action_id: id.optional(),
  placeholder: plainText(150).optional(),
  focus_on_load: z.boolean().optional(),
  dispatch_action_config: dispatchConfig.optional(),
};
export const textInput = z.strictObject({
  type: z.literal('plain_text_input'),
  ...typed,
  initial_value: z.string().max(3000).optional(),
  multiline: z.boolean().optional(),
  min_length: z.number().int().min(0).max(3000).optional(),
  max_length: z.number().int().min(1).max(3000).optional(),
});
const figure = z.string().regex(/^-?\d+(\.\d+)?$/, 'invalid number');
export const numberInput = z
  .strictObject({
    type: z.literal('number_input'),
    ...typed,
    is_decimal_allowed: z.boolean(),
    initial_value: figure.optional(),
    min_value: figure.optional(),
    max_value: figure.optional(),
  })
  .refine(isRange, 'min_value must be less than max_value');
export const emailInput = z.strictObject({
  type: z.literal('email_text_input'),
  ...typed,
  initial_value: z.string().optional(),
});
export const urlInput = z.strictObject({
  type: z.literal('url_text_input'),
  ...typed,
  initial_value: z.string().optional(),
});
