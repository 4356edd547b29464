import { AsyncLocalStorage } from 'node:async_hooks';
import type { Connection } from 'mongoose';

type Mongoose = typeof import('mongoose');

/** One database, and the pool of connections to it that the journal and the records of a process share. */
export type Mongo = {
  connection: Connection;
  mongoose: Mongoose;
  /** Notes, for the work that runs inside, whether a command that writes was sent. */
  watching: AsyncLocalStorage<{ sent: boolean }>;
  /** The server at the other end. `FerretDB` is used by tests on machines without MongoDB. */
  server: { name: 'MongoDB' | 'FerretDB'; version: string };
  /** A connection for background work: an index, an erasure. The server may be silent for as long as that takes. */
  patient(): Promise<Mongo>;
  /** Tells the operator how far something is. */
  tell(message: string): void;
  close(): Promise<void>;
};

export type MongoOptions = {
  /** How long each part of a command may take: finding a server, connecting, its silence. */
  waitMs?: number;
  /** Connections of this process at most. */
  poolMax?: number;
  /** How often it is tried to connect at all, each time for `waitMs`: servers and bots are often started together. */
  attemptsMax?: number;
  /** Told how far something is that takes long. */
  tell?: (message: string) => void;
  /** How long a server may be silent over one command; 0 for as long as it likes. As long as `waitMs` where it is not said. */
  silenceMs?: number;
};

/**
 * A command waits for a server this long, and for a silent one as long again: the person is answered within three
 * seconds, even where a write is in doubt and the answer to the read that looks for it does not come either.
 */
export const WAIT_MS = 1_300;
/** The same for background work. */
const PATIENT_WAIT_MS = 30_000;
/** One for what the start waits for, beside one that may build an index for as long as it takes. */
const PATIENT_POOL_MAX = 2;
const POOL_MAX = 20;
const ATTEMPTS_MAX = 8;
const DATABASE = 'inkwell';

/** What a person can mend: the message says what to do, and never holds a password. */
export class MongoFault extends Error {
  override name = 'MongoFault';
  constructor(
    readonly code: 'unreachable' | 'refused' | 'not_durable' | 'malformed' | 'damaged',
    message: string,
    options: { cause?: unknown } = {},
  ) {
    super(message, options);
  }
}

/**
 * Connects so that what is acknowledged survives the loss of a server: every write waits for a majority and its journal,
 * every read sees only what a majority has. What the address itself asks for instead is overruled, and read back.
 *
 * The driver never sends a write twice: whether the first one was sent is all that tells "nothing was written" from "it
 * may have been". Our own ids make it safe for the stores to repeat one.
 */
export async function openMongo(uri: string, options: MongoOptions = {}): Promise<Mongo> {
  const { default: mongoose } = await import('mongoose');
  const { attemptsMax = ATTEMPTS_MAX } = options;
  for (let attempt = 1; ; attempt += 1) {
    const connection = mongoose.createConnection();
    try {
      return await connect(connection, { mongoose, uri, options });
    } catch (error) {
      await connection.close(true);
      const fault = error instanceof MongoFault ? error : openingFault(place(uri), error);
      if (fault.code !== 'unreachable' || attempt >= attemptsMax) throw fault;
    }
  }
}

type Opening = { mongoose: Mongoose; uri: string; options: MongoOptions };

async function connect(connection: Connection, { mongoose, uri, options }: Opening): Promise<Mongo> {
  const { waitMs = WAIT_MS, poolMax = POOL_MAX, silenceMs = waitMs } = options;
  await connection.openUri(uri, {
    ...(hasDatabase(uri) ? {} : { dbName: DATABASE }),
    ...DURABLE,
    appName: 'inkwell',
    autoCreate: false,
    autoIndex: false,
    bufferCommands: false,
    // What JSON leaves out is left out here, too.
    ignoreUndefined: true,
    monitorCommands: true,
    maxPoolSize: poolMax,
    serverSelectionTimeoutMS: waitMs,
    connectTimeoutMS: waitMs,
    waitQueueTimeoutMS: waitMs,
    socketTimeoutMS: silenceMs,
    heartbeatFrequencyMS: HEARTBEAT_MS,
    minHeartbeatFrequencyMS: LOOK_AGAIN_MS,
  });
  requireDurable(connection, place(uri));
  return await watched(connection, { mongoose, uri, options });
}

/** Milliseconds until a server that came back is noticed, while no command waits. */
const HEARTBEAT_MS = 2_000;
/** Milliseconds, while a command waits: a broken connection delays an answer by no more than this. */
const LOOK_AGAIN_MS = 50;

const DURABLE = {
  w: 'majority',
  journal: true,
  readConcernLevel: 'majority',
  readPreference: 'primary',
  retryWrites: false,
  retryReads: false,
} as const;

function requireDurable(connection: Connection, where: string) {
  const { writeConcern, readConcern, readPreference, retryWrites } = connection.getClient().options;
  const asked = `w=${writeConcern?.w}, j=${writeConcern?.j}, readConcern=${readConcern?.level}, ${readPreference?.mode}`;
  if (asked !== 'w=majority, j=true, readConcern=majority, primary' || retryWrites !== false) {
    throw new MongoFault('not_durable', `The driver does not do what it was told for ${where}: ${asked}.`);
  }
}

async function watched(connection: Connection, { mongoose, uri, options }: Opening): Promise<Mongo> {
  const watching = new AsyncLocalStorage<{ sent: boolean }>();
  // The driver tells before it writes to the socket, so a command that was not told of was not sent.
  connection.getClient().on('commandStarted', ({ commandName }) => {
    const watch = watching.getStore();
    if (watch && WRITES.has(commandName)) watch.sent = true;
  });
  let patient: Promise<Mongo> | null = null;
  const built = (await connection.db?.command({ buildInfo: 1 })) ?? {};
  return {
    connection,
    mongoose,
    watching,
    server: { name: 'ferretdbVersion' in built ? 'FerretDB' : 'MongoDB', version: String(built.version) },
    patient: () => {
      patient ??= openMongo(uri, {
        ...options,
        waitMs: PATIENT_WAIT_MS,
        attemptsMax: 1,
        poolMax: PATIENT_POOL_MAX,
        silenceMs: 0,
      });
      return patient;
    },
    tell: options.tell ?? (() => {}),
    close: async () => {
      await patient?.then((each) => each.close()).catch(() => undefined);
      await connection.close();
    },
  };
}

const WRITES = new Set(['insert', 'update', 'delete', 'findAndModify', 'bulkWrite']);

function openingFault(where: string, cause: unknown): MongoFault {
  const { name, code } = cause as { name: string; code?: number };
  if (['MongoParseError', 'MongoAPIError', 'MongoRuntimeError', 'MongoInvalidArgumentError'].includes(name)) {
    // The driver's own words may repeat what stands before the host.
    const message =
      'MONGODB_URI is not an address of a MongoDB, or has an option that there is not. In a password, write @ : / ? as %40 %3A %2F %3F.';
    return new MongoFault('malformed', message, { cause });
  }
  if (code !== undefined) {
    const message = `MongoDB at ${where} refused access (code ${code}). Check the user and password in MONGODB_URI, and the user’s rights.`;
    return new MongoFault('refused', message, { cause });
  }
  const message = `Can’t reach MongoDB at ${where}. Check MONGODB_URI, that the server is running, and that it accepts connections from this machine.`;
  return new MongoFault('unreachable', message, { cause });
}

/** As the server's own clock shows it; null where it does not say. */
export async function askTime({ connection }: Mongo): Promise<number | null> {
  const { localTime } = (await connection.db?.command({ hello: 1 })) ?? {};
  return localTime instanceof Date ? localTime.getTime() : null;
}

/** The hosts and the database of an address; never its user or password. */
export function place(uri: string): string {
  const [, rest = ''] = uri.split('://');
  const [address = ''] = rest.split('?');
  return address.slice(address.lastIndexOf('@') + 1) || 'an unknown place';
}

const hasDatabase = (uri: string) => /^[^/]+\/[^/?]+/.test(place(uri));
