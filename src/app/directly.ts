/** By direct message: they did not type anything anywhere. */
export const directly = (memberId: string) => ({ memberId, channelId: memberId, threadTs: null, responseUrl: null });
