import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';

/** Pictures that stand together: `{ family, pictures: [{ name, file }] }`. */
export type Sheet = { family: string; pictures: readonly { name: string; file: string }[] };

/** Three messages beside one another. */
const WINDOW = { width: 1_500, height: 900 };

/** `index.html` to scroll through, and each family as one picture. */
export async function writeSheets(browser: Browser, { folder, sheets }: { folder: string; sheets: readonly Sheet[] }) {
  const index = join(folder, 'index.html');
  writeFileSync(index, pageOf(sheets));
  const page = await browser.newPage({ viewport: WINDOW });
  await page.goto(pathToFileURL(resolve(index)).href);
  for (const { family } of sheets) {
    await page.locator(`[id="${family}"]`).screenshot({ path: join(folder, `sheet-${slug(family)}.png`) });
  }
  await page.close();
}

const slug = (family: string) => family.replace(/[^a-z0-9]+/g, '-');

const pageOf = (sheets: readonly Sheet[]) => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Inkwell’s surfaces</title>
<style>
  body { font: 14px/1.4 system-ui, sans-serif; margin: 0; background: #d8d5e0; color: #222; }
  nav, section { padding: 12px 20px; }
  nav a { margin-right: 14px; }
  .pictures { columns: 3 440px; column-gap: 16px; }
  figure { break-inside: avoid; margin: 0 0 16px; background: #fff; border-radius: 8px; overflow: hidden; }
  figcaption { padding: 6px 12px; background: #3d3654; color: #fff; }
  img { display: block; max-width: 100%; margin: 0 auto; }
</style>
<nav>${sheets.map(({ family }) => `<a href="#${escaped(family)}">${escaped(family)}</a>`).join('')}</nav>
${sheets.map(sectionOf).join('\n')}
</html>
`;

const sectionOf = ({ family, pictures }: Sheet) => `<section id="${escaped(family)}">
<h2>${escaped(family)}</h2>
<div class="pictures">
${pictures.map(({ name, file }) => `<figure><figcaption>${escaped(name)}</figcaption><a href="${file}"><img src="${file}" alt=""></a></figure>`).join('\n')}
</div>
</section>`;

const escaped = (words: string) => words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
