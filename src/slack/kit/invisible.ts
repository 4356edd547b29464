/**
 * What is not seen, or turns the direction of what follows, and could disguise a sentence or hide one in a prompt. Line
 * breaks and tabs stay, and what holds emoji and some scripts together: joiners and variation selectors.
 */
const INVISIBLE =
  /(?![\n\t]|\u200c|\u200d|[\ufe00-\ufe0f])[\p{Cc}\p{Cs}\p{Default_Ignorable_Code_Point}\u2800\ufff9-\ufffb]/gu;
const NOTHING_SEEN = /^(?:\s|\u200c|\u200d|[\ufe00-\ufe0f])*$/u;

/** Empty where nothing would be seen: joiners that join nothing are no words. */
export function withoutInvisible(text: string): string {
  const seen = text.replace(INVISIBLE, '');
  return NOTHING_SEEN.test(seen) ? '' : seen;
}
