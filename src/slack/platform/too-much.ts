/** What a person reads who asks while this process has as much at work as it may have. */
export const TOO_MUCH = 'Inkwell has too much to do just now. Try again in a minute; nothing was made or charged.';
