// What was typed and not sent, kept per person, channel and thread, also over a reload of the page.

const PREFIX = 'inkwell-draft';

function keyOf(as, channelId, threadTs = null) {
  return [PREFIX, as, channelId, threadTs ?? ''].join(' ');
}

export const drafts = {
  get: (as, channelId, threadTs) => sessionStorage.getItem(keyOf(as, channelId, threadTs)) ?? '',
  set(as, channelId, threadTs, text) {
    if (text === '') sessionStorage.removeItem(keyOf(as, channelId, threadTs));
    else sessionStorage.setItem(keyOf(as, channelId, threadTs), text);
  },
  has: (as, channelId) => drafts.get(as, channelId).trim() !== '',
};
