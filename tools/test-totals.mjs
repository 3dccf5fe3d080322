// Adds up every JUnit XML report of the run and closes with one plain line: N passed, N failed, N skipped.
// Usage: node tools/test-totals.mjs 0|1   (1: a step failed in a way that no report may show)
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folders = ['interactive', 'composer', 'packager', 'cluster', 'server'].flatMap((module) => [
  join(module, 'target/surefire-reports'),
  join(module, 'target/failsafe-reports'),
]);
folders.push('web-player/reports');
const reports = folders
  .filter((folder) => existsSync(folder))
  .flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)))
  .filter((path) => path.endsWith('.xml'))
  .filter((path) => !path.endsWith('failsafe-summary.xml'));

const stepFailed = process.argv[2] === '1';
let passed = 0;
let failed = 0;
let skipped = 0;
for (const file of reports) {
  const suites = readFileSync(file, 'utf8').matchAll(/<testsuite\s[^>]*>/g);
  for (const [suite] of suites) {
    const count = (name) => Number(suite.match(new RegExp(`\\s${name}="(\\d+)"`))?.[1] ?? 0);
    const broken = count('failures') + count('errors');
    failed += broken;
    skipped += count('skipped');
    passed += count('tests') - broken - count('skipped');
  }
}
if (stepFailed && failed === 0) {
  console.error('A step failed before or beside its tests; its output is above.');
  failed = 1;
}
console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exit(failed > 0 || passed === 0 ? 1 : 0);
