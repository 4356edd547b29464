import { isTimeZone } from '../../ledger/usage/civil-dates.ts';
import { closest } from '../../words/closest.ts';

type Read = { ok: true; value: string } | { ok: false; error: string };

/** Finds the machine's spelling of a typed zone: `europe/berlin`, `New York`, `UTC`. */
export function readTimeZone(typed: string): Read {
  const text = typed.normalize('NFKC').trim().replace(/\s+/g, '_');
  const wanted = text.toLowerCase();
  const known = ['UTC', ...Intl.supportedValuesOf('timeZone')];
  const exact = known.find((zone) => zone.toLowerCase() === wanted);
  if (exact) return { ok: true, value: exact };
  // Older names are known, and kept as typed. Offsets such as +02:00 are not known on every version of Node.
  if (/^[a-z]+\/[a-z_/+-]+\d*$/i.test(text) && isTimeZone(text)) return { ok: true, value: text };
  const cities = known.filter((zone) => zone.toLowerCase().endsWith(`/${wanted}`));
  if (cities.length === 1 && cities[0]) return { ok: true, value: cities[0] };
  const near = closest(
    wanted,
    known.map((zone) => zone.toLowerCase()),
  );
  const meant = known.find((zone) => zone.toLowerCase() === near);
  return {
    ok: false,
    error: meant
      ? `Inkwell doesn’t know this time zone. Did you mean ${meant}?`
      : 'Inkwell doesn’t know this time zone. Write a region and a city, such as Europe/Berlin.',
  };
}
