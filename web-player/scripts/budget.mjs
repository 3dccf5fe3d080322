// The watch page's JavaScript, as a viewer downloads it, must stay within its budget.
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const BUDGET_KB = 260;
const page = readFileSync('dist/watch.html', 'utf8');
const files = new Set([...page.matchAll(/(?:src|href)="\/(assets\/[^"]+\.js)"/g)].map((m) => m[1]));
for (const file of files) {
  const text = readFileSync(`dist/${file}`, 'utf8');
  for (const [, name] of text.matchAll(/from\s*["']\.\/([^"']+\.js)["']/g)) {
    files.add(`assets/${name}`);
  }
}
const bytes = [...files].reduce(
  (sum, file) => sum + gzipSync(readFileSync(`dist/${file}`)).length,
  0,
);
const size = (bytes / 1024).toFixed(1);
console.log(`watch page: ${size} KB of JavaScript, gzipped, in ${files.size} files`);
if (files.size === 0 || bytes > BUDGET_KB * 1024) {
  console.error(`The budget is ${BUDGET_KB} KB: leave something out or load it when it is needed.`);
  process.exit(1);
}
