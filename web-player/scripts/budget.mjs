// The JavaScript of the audience's pages, as it is downloaded, must stay within its budget.
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const BUDGETS_KB = { watch: 260, recording: 40 };

for (const [page, budget] of Object.entries(BUDGETS_KB)) {
  const html = readFileSync(`dist/${page}.html`, 'utf8');
  const links = [...html.matchAll(/(?:src|href)="\/(assets\/[^"]+\.js)"/g)];
  const files = new Set(links.map(([, name]) => name));
  for (const file of files) {
    const text = readFileSync(`dist/${file}`, 'utf8');
    for (const [, name] of text.matchAll(/from\s*["']\.\/([^"']+\.js)["']/g)) {
      files.add(`assets/${name}`);
    }
  }
  const sizes = [...files].map((file) => gzipSync(readFileSync(`dist/${file}`)).length);
  const kilobytes = sizes.reduce((sum, size) => sum + size, 0) / 1024;
  console.log(
    `${page} page: ${kilobytes.toFixed(1)} KB of JavaScript, gzipped, in ${files.size} files`,
  );
  if (files.size === 0 || kilobytes > budget) {
    console.error(`The budget is ${budget} KB: leave something out or load it when it is needed.`);
    process.exitCode = 1;
  }
}
