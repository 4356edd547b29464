import { isIP } from 'node:net';
import { z } from 'zod';
import { isTimeZone } from '../ledger/usage/civil-dates.ts';

export const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const;

const whole = (min: number, max: number, fallback: number) =>
  z
    .string()
    .transform((value) =>
      /^\+?\d{1,15}$/.test(value.normalize('NFKC')) ? Number(value.normalize('NFKC')) : Number.NaN,
    )
    .refine((value) => value >= min && value <= max, { error: `must be a whole number from ${min} to ${max}` })
    .default(fallback);

/** Capitals make no difference. */
const oneOf = <const Options extends readonly [string, ...string[]]>(options: Options) =>
  z
    .string()
    .toLowerCase()
    .pipe(z.enum(options, { error: `must be one of ${options.join(', ')}` }));

const ON = new Set(['on', 'true', 'yes', '1']);
const OFF = new Set(['off', 'false', 'no', '0']);

const onOff = z
  .string()
  .toLowerCase()
  .refine((value) => ON.has(value) || OFF.has(value), { error: 'must be on or off' })
  .transform((value) => (ON.has(value) ? ('on' as const) : ('off' as const)));

const secret = (start: string, where: string) =>
  z.string().refine((value) => value.startsWith(start) && !/\s/.test(value), {
    error: `must begin with ${start} (${where})`,
  });

const host = z
  .string()
  .transform((value) => value.replace(/^\[(.*)\]$/, '$1'))
  .refine((value) => isIP(value) !== 0 || /^[\w.-]+$/.test(value), {
    error: 'must be a name or an address of this machine, without a port',
  });

const url = z.url({ protocol: /^https?$/, error: 'must be an http or https address' });

/** As other programs take it: without a scheme it is http. */
const proxy = z
  .string()
  .transform((value) => (value.includes('://') ? value : `http://${value}`))
  .refine(isProxy, { error: 'must be the address of an HTTP proxy, such as http://proxy.example.com:3128' })
  .optional();

/** What undici would throw at later is found here: a lone percent sign in user or password, for example. */
function isProxy(value: string): boolean {
  try {
    const { protocol, username, password } = new URL(value);
    decodeURIComponent(username + password);
    return protocol === 'http:' || protocol === 'https:';
  } catch {
    return false;
  }
}

/** By the names that `.env.example` explains. */
export const VARIABLES = {
  DATA_DIR: z.string().default('./data'),
  HOST: host.optional(),
  PORT: whole(0, 65_535, 3000),
  LOG_LEVEL: oneOf(LOG_LEVELS).default('info'),
  SQLITE_ENGINE: oneOf(['auto', 'builtin', 'package']).default('auto'),
  MONGODB_URI: z
    .string()
    .regex(/^mongodb(\+srv)?:\/\/[^\s/]+/, {
      error: 'must be an address such as mongodb://host:27017/inkwell or mongodb+srv://…',
    })
    .optional(),
  PEER_HOST: host.optional(),
  PEER_PORT: whole(0, 65_535, 0),
  SLACK_BOT_TOKEN: secret('xoxb-', 'OAuth & Permissions → Bot User OAuth Token').optional(),
  SLACK_APP_TOKEN: secret('xapp-', 'Basic Information → App-Level Tokens').optional(),
  SLACK_SIGNING_SECRET: z
    .string()
    .regex(/^[0-9a-f]{32,}$/i, { error: 'must be the hexadecimal value in Basic Information → Signing Secret' })
    .optional(),
  SLACK_API_URL: url.optional(),
  INKWELL_OWNER_ID: z
    .string()
    .trim()
    .toUpperCase()
    .regex(/^[UW][A-Z0-9]{2,}$/, {
      error: 'must be a Slack member id such as U012AB3CD (profile → ⋮ → Copy member ID)',
    })
    .optional(),
  HTTPS_PROXY: proxy,
  HTTP_PROXY: proxy,
  NO_PROXY: z.string().optional(),
  OPENAI_API_KEY: z
    .string()
    .regex(/^\S{8,}$/, { error: 'must be an API key, without spaces' })
    .optional(),
  OPENAI_BASE_URL: url.optional(),
  OPENAI_SAFETY_IDENTIFIER: onOff.default('on'),
  RATE_CARD: z.string().optional(),
  SKETCH: onOff.optional(),
  IMAGES_AT_ONCE: whole(1, 64, 4),
  IMAGE_RETENTION_DAYS: whole(1, 3_650, 90),
  TIME_ZONE: z.string().refine(isTimeZone, { error: 'must be a time zone such as Europe/Berlin' }).optional(),
  WEEK_STARTS_ON: whole(0, 6, 1),
  CREDIT_VALUE_MICRO_USD: whole(1, 1_000_000_000, 10_000),
  MARKUP_BASIS_POINTS: whole(1, 10_000_000, 15_000),
  DEFAULT_ROLE: oneOf(['creator', 'viewer']).default('creator'),
} as const;
