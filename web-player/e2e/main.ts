/**
 * A class from end to end: real browsers on the stage, the composed program in a real player, the
 * recording. Starts its own node, waits for conditions, and closes with one plain line.
 *
 * AMPHI_E2E_KEEP=1 leaves the node's folder; UPDATE_SCREENSHOTS=1 writes README's pictures.
 */
import { Check } from './check.ts';
import { liveClass } from './live-class.ts';

const check = new Check();
try {
  await liveClass(check);
} catch (error) {
  check.failed('the class goes on to its end', error);
}
check.report();
process.exit(check.failures > 0 ? 1 : 0);
