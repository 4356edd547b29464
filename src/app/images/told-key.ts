import type { PrivateMessage } from '../messenger.ts';

/** The mark of a message that says how a job ended, which is posted once. */
export const toldKey = (jobId: string, kind: PrivateMessage['kind']) => `told/${jobId}/${kind}`;
