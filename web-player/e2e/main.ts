/**
 * A class from end to end: real browsers on the stage, the composed program in a real player, the
 * recording. Starts its own node, waits for conditions, and closes with one plain line.
 *
 * AMPHI_E2E_KEEP=1 leaves the node's folder; UPDATE_SCREENSHOTS=1 writes README's pictures.
 */
import { Check, prepareOut } from './check.ts';
import { demoClass } from './demo-class.ts';
import { liveClass } from './live-class.ts';

const check = new Check();
prepareOut();
for (const [name, scenario] of [
  ['the class', liveClass],
  ['the demo', demoClass],
] as const) {
  console.log(name);
  try {
    await scenario(check);
  } catch (error) {
    check.failed(`${name} goes on to its end`, error);
  }
}
check.report();
process.exit(check.failures > 0 ? 1 : 0);
