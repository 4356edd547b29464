/** `server.mjs` is plain JavaScript, because the tests' set-up is not compiled. */
export type OwnServer = {
  uri: string;
  name: string;
  version: string;
  port: number;
  folder: string;
  kill(): Promise<void>;
  stop(): Promise<void>;
};
export function startServer(
  found: { kind: string; program?: string } | null,
  options?: { folder?: string; port?: number },
): Promise<OwnServer>;

export type FoundServer =
  | { kind: 'uri'; uri: string }
  | { kind: 'mongod' | 'ferretdb'; program: string }
  | { kind: 'none' | 'refused'; reason: string };
export function findServer(): Promise<FoundServer>;
