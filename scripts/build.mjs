// Bundles our own code (not the packages) with esbuild: `dist/main.js` and one file a script.
import { cpSync, existsSync, readdirSync } from 'node:fs';
import { build } from 'esbuild';

const scripts = readdirSync('scripts').filter((file) => file.endsWith('.ts'));
await build({
  entryPoints: ['src/main.ts', ...scripts.map((file) => `scripts/${file}`)],
  outdir: 'dist',
  entryNames: '[name]',
  bundle: true,
  packages: 'external',
  platform: 'node',
  format: 'esm',
  target: 'node20',
  sourcemap: true,
  logLevel: 'warning',
});
if (existsSync('src/playground/page')) cpSync('src/playground/page', 'dist/page', { recursive: true });
