// Draws every surface as a picture to look at: `npm run surfaces -- [--out DIR] [--only PATTERN] [--dark] [--phone]`.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromiumPath, openBrowser } from '../test/support/browser.ts';
import { notCovered, readSources } from './surfaces/coverage.ts';
import { FAMILIES } from './surfaces/families.ts';
import { openStage } from './surfaces/render.ts';
import { type Drawn, drawnOf, fileName, problemsOf } from './surfaces/sample.ts';
import { type Sheet, writeSheets } from './surfaces/sheet.ts';

type Picture = { family: string; name: string; file: string; drawn: Drawn };

const { values } = parseArgs({
  options: {
    out: { type: 'string', default: 'surfaces' },
    only: { type: 'string', default: '' },
    dark: { type: 'boolean', default: false },
    phone: { type: 'boolean', default: false },
  },
});
const pictures = picturesOf(new RegExp(values.only, 'i'));
const problems = [
  ...notCovered(readSources()),
  ...pictures.flatMap(({ file, drawn }) => problemsOf(drawn).map((problem) => `${file}: Slack would say “${problem}”`)),
];
if (pictures.length === 0) problems.push(`No sample is called ${values.only}.`);
if (chromiumPath === null) {
  problems.push(
    'There is no Chromium to draw with (Debian: apt-get install chromium), or name one: CHROMIUM=/path/to/it',
  );
} else if (pictures.length > 0) {
  await render(chromiumPath, values);
  console.log(`${pictures.length} pictures: ${join(values.out, 'index.html')}`);
}
for (const problem of problems) console.error(problem);
process.exitCode = problems.length > 0 ? 1 : 0;

function picturesOf(only: RegExp): Picture[] {
  return FAMILIES.flatMap((family) =>
    family.samples
      .filter(({ name }) => only.test(`${family.name} ${name}`))
      .map((sample) => ({
        family: family.name,
        name: sample.name,
        file: `${fileName(family, sample)}.png`,
        drawn: drawnOf(sample),
      })),
  );
}

async function render(
  executablePath: string,
  { out, dark, phone }: { out: string; dark: boolean; phone: boolean },
): Promise<void> {
  mkdirSync(out, { recursive: true });
  const browser = await openBrowser(executablePath);
  try {
    const stage = await openStage(browser, { dark, phone });
    try {
      for (const { drawn, file } of pictures) await stage.shoot(drawn, join(out, file));
    } finally {
      await stage.close();
    }
    await writeSheets(browser, { folder: out, sheets: sheetsOf() });
  } finally {
    await browser.close();
  }
}

function sheetsOf(): Sheet[] {
  return FAMILIES.map(({ name }) => ({
    family: name,
    pictures: pictures.filter(({ family }) => family === name),
  })).filter(({ pictures: some }) => some.length > 0);
}
