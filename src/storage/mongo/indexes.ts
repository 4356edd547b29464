import { type Mongo, MongoFault } from './open.ts';
import { isOfMongo } from './write.ts';

/** Codes: github.com/mongodb/mongo/blob/master/src/mongo/base/error_codes.yml; 8000 is Atlas's own. */
const NOT_ALLOWED: readonly unknown[] = [13, 18, 8_000];
const TOO_SLOW: readonly unknown[] = [50, 89, 262, 11_601];
const OTHER_SHAPE: readonly unknown[] = [85, 86];
const DUPLICATE_KEY = 11_000;

const SAY_EVERY_MS = 3_000;
/** The server goes on building where a connection breaks: asked again, it answers when that is done. */
const ATTEMPTS_MAX = 3;

/**
 * For indexes: without them nothing is safe, so that nothing is begun. No click waits meanwhile, so a build takes
 * as long as it takes, and the log says so. Throws a `MongoFault` that says why there is none.
 */
export async function ensure(mongo: Mongo, collection: string, create: (patient: Mongo) => Promise<unknown>) {
  const patient = await mongo.patient();
  const saying = sayEvery(SAY_EVERY_MS, (seconds) =>
    mongo.tell(`Building the indexes of ${collection} in MongoDB, for ${seconds} s so far.`),
  );
  try {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return void (await create(patient));
      } catch (cause) {
        if (!isOfMongo(cause)) throw cause;
        if (!isBroken(cause) || attempt === ATTEMPTS_MAX) throw notMade(collection, cause);
      }
    }
  } finally {
    saying.stop();
  }
}

function sayEvery(everyMs: number, say: (seconds: number) => void) {
  let seconds = 0;
  const timer = setInterval(() => {
    seconds += everyMs / 1_000;
    say(seconds);
  }, everyMs);
  return { stop: () => clearInterval(timer) };
}

const isBroken = (cause: unknown) => /^MongoNetwork/.test((cause as Error).name);

/** The key's fields and values are ids of ours, where the server says them. */
function doubled(collection: string, cause: unknown): MongoFault {
  const { keyValue } = (cause ?? {}) as { keyValue?: Record<string, unknown> };
  const what = keyValue
    ? ` (${Object.entries(keyValue)
        .map((each) => each.join(' = '))
        .join(', ')})`
    : '';
  const message = `Some documents of ${collection} share a key that is unique${what}. Put back your backup of it.`;
  return new MongoFault('damaged', message, { cause });
}

function notMade(collection: string, cause: unknown): MongoFault {
  const { code, codeName, name } = cause as { code?: unknown; codeName?: string; name: string };
  const said = typeof code === 'number' ? `code ${code}` : name;
  const fault = (kind: MongoFault['code'], why: string) =>
    new MongoFault(kind, `MongoDB did not make the indexes of ${collection} (${said}): ${why}`, { cause });
  if (code === DUPLICATE_KEY) return doubled(collection, cause);
  if (NOT_ALLOWED.includes(code)) return fault('refused', 'the user needs the right readWrite.');
  if (TOO_SLOW.includes(code) || /Timeout|Network|ServerSelection/.test(name)) {
    return fault(
      'unreachable',
      'it took too long, or broke off. It may still be building them: start again in a while.',
    );
  }
  if (OTHER_SHAPE.includes(code)) {
    return fault('refused', 'there is another index of that name or shape. Drop that one, then start again.');
  }
  return fault('refused', `its words for it are ${codeName ?? name}.`);
}
