/** `1 credit`, `1,200 credits`. */
export const credits = (count: number) => `${number(count)} ${count === 1 || count === -1 ? 'credit' : 'credits'}`;
/** `1 extra credit`, `20 extra credits`. */
export const extraCredits = (count: number) => `${number(count)} extra ${count === 1 ? 'credit' : 'credits'}`;
export const number = (count: number) => count.toLocaleString('en-US');

/** The first letter of a sentence or a label. */
export const capitalized = (words: string) => words.charAt(0).toUpperCase() + words.slice(1);
