/** `1 credit`, `1,200 credits`. */
export const credits = (count: number) => `${number(count)} ${count === 1 || count === -1 ? 'credit' : 'credits'}`;
export const number = (count: number) => count.toLocaleString('en-US');

/** The first letter of a sentence or a label. */
export const capitalized = (words: string) => words.charAt(0).toUpperCase() + words.slice(1);
