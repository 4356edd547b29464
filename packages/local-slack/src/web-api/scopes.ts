import type { LocalSlackContext } from '../context.ts';
import type { Channel } from '../workspace.ts';
import { ApiError } from './api-error.ts';

/** What reading a conversation of each kind takes. */
const READ: Record<Channel['kind'], string> = { public: 'channels:read', private: 'groups:read', im: 'im:read' };

export function requireScope({ manifest }: LocalSlackContext, needed: string) {
  if (manifest.scopes.includes(needed)) return;
  throw new ApiError('missing_scope', { needed, provided: manifest.scopes.join(',') });
}

export function requireReading(context: LocalSlackContext, kind: Channel['kind']) {
  requireScope(context, READ[kind]);
}
