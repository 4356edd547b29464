import type { RequestListener } from 'node:http';
import type { HttpBindings } from '@hono/node-server';

export type Env = { Bindings: HttpBindings };

/** What the server passes requests on to. It listens before all of it is there. */
export type Served = {
  /** Null until Slack's deliveries can be taken. */
  slack: RequestListener | null;
  /** What keeps Inkwell from work; null if nothing does. */
  obstacle(): string | null;
  /** Takes every path that nothing else takes. */
  others: ((request: Request, bindings: HttpBindings) => Response | Promise<Response>) | null;
};
