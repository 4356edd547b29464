import type { PlainTextOption } from '@slack/types';

/** As many options as there is room for in a form, which takes 250,000 bytes in all. Lists are in order, so the last ones go. */
export function optionsWithin(options: readonly PlainTextOption[], bytesMax: number): PlainTextOption[] {
  let bytes = 0;
  const end = options.findIndex((each) => {
    bytes += Buffer.byteLength(JSON.stringify(each)) + 1;
    return bytes > bytesMax;
  });
  return end < 0 ? [...options] : options.slice(0, end);
}
