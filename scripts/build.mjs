// Bundles our own code (not the packages) with esbuild: `dist/main.js` and one file a script.
import { cpSync, existsSync, readdirSync } from 'node:fs';
import { build } from 'esbuild';
import { ledgerDigest } from './ledger-digest.mjs';

// These are made of the tests' parts, which an installation need not have: built when they are asked for.
const OF_TESTS = ['golden', 'surfaces', 'crash-test', 'conformance-server', 'race', 'rights', 'sim', 'mutation-test'];
const [asked] = process.argv.slice(2);
const scripts = readdirSync('scripts').filter(
  (file) => file.endsWith('.ts') && OF_TESTS.every((name) => file !== `${name}.ts` || asked === name),
);
await build({
  entryPoints: ['src/main.ts', 'src/run.ts', ...scripts.map((file) => `scripts/${file}`)],
  outdir: 'dist',
  entryNames: '[name]',
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  sourcemap: true,
  // Rate cards.
  loader: { '.yaml': 'text' },
  define: { LEDGER_DIGEST: JSON.stringify(ledgerDigest()) },
  logLevel: 'warning',
  plugins: [runLater(), packagesOutside()],
});
/** Packages from outside are not bundled; those of this repository are. */
function packagesOutside() {
  const setup = ({ onResolve }) =>
    onResolve({ filter: /^[^./]/ }, ({ path, kind }) =>
      kind === 'entry-point' || path.startsWith('@inkwell/') ? undefined : { path, external: true },
    );
  return { name: 'packages-outside', setup };
}

/** Stays a file of its own: the handlers of `main.ts` are there before the packages are read. */
function runLater() {
  const setup = ({ onResolve }) => onResolve({ filter: /^\.\/run\.ts$/ }, () => ({ path: './run.js', external: true }));
  return { name: 'loaded-later', setup };
}

const page = 'packages/local-slack/src/page';
if (existsSync(page)) cpSync(page, 'dist/page', { recursive: true });
