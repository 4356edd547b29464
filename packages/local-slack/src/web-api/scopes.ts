import type { Core } from '../core.ts';
import type { Channel } from '../workspace.ts';
import { ApiError } from './api-error.ts';

/** What reading a conversation of each kind takes. */
const READ: Record<Channel['kind'], string> = { public: 'channels:read', private: 'groups:read', im: 'im:read' };

export function requireScope({ manifest }: Core, needed: string) {
  if (manifest.scopes.includes(needed)) return;
  throw new ApiError('missing_scope', { needed, provided: manifest.scopes.join(',') });
}

export function requireReading(core: Core, kind: Channel['kind']) {
  requireScope(core, READ[kind]);
}
