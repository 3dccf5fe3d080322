/**
 * A class from end to end: real browsers on the stage, the composed program in a real player, the
 * recording. Starts its own node, waits for conditions, and closes with one plain line.
 *
 * A word as argument runs only the scenarios that have it in their names. AMPHI_E2E_KEEP=1 leaves
 * the node's folder; UPDATE_SCREENSHOTS=1 writes README's pictures
 * (with Debian's fonts-noto-color-emoji, or the reactions are empty boxes).
 */
import { bottlenecks } from './bottlenecks.ts';
import { browserStats } from './browser-stats.ts';
import { byTheBook } from './by-the-book.ts';
import { Check, prepareOut } from './check.ts';
import { consent } from './consent.ts';
import { dataChannels } from './data-channels.ts';
import { demoClass } from './demo-class.ts';
import { elsewhere } from './elsewhere.ts';
import { layers } from './layers.ts';
import { liveClass } from './live-class.ts';
import { moves } from './moves.ts';
import { networks } from './networks.ts';
import { otherPlayers } from './other-players.ts';
import { polls } from './polls.ts';
import { programLayers } from './program-layers.ts';
import { recordingPage } from './recording-page.ts';
import { recordingTold } from './recording-told.ts';
import { restart } from './restart.ts';
import { scenes } from './scenes.ts';
import { slides } from './slides.ts';
import { thumbnails } from './thumbnails.ts';
import { weakLinks } from './weak-links.ts';

/**
 * Only by name: a node may need a minute to start again beside three browsers, and weak and narrow
 * links take three minutes each to look at; the program's layers take one, because a layer rests
 * eight seconds after it was needed last; changes of network and data channels take one each, and
 * their rules are held in virtual time by interactive's tests; small pictures, pushes, polls and
 * what is said of a recording take one to two, and the server's own tests look at the same.
 */
const ONLY_BY_NAME = [
  'a restart of the node',
  'the stage over weak links',
  'the stage through bottlenecks',
  'the layers of the program',
  'the stage on the move',
  'data channels',
  'other players',
  'the stage through bad networks',
  'what browsers measure',
  'thumbnails',
  'where else the class goes',
  'what the studio says of the recording',
  'polls',
];

const check = new Check();
const asked = process.argv[2] ?? '';
const all = asked === 'all';
const wanted = all ? '' : asked;
prepareOut();
for (const [name, scenario] of [
  ['the class', liveClass],
  ['consent', consent],
  ['the demo', demoClass],
  ['the broadcast by the book', byTheBook],
  ['other players', otherPlayers],
  ['the layers of a camera', layers],
  ['the layers of the program', programLayers],
  ['the stage through bad networks', networks],
  ['the stage on the move', moves],
  ['data channels', dataChannels],
  ['the stage over weak links', weakLinks],
  ['a restart of the node', restart],
  ['what browsers measure', browserStats],
  ['the stage through bottlenecks', bottlenecks],
  ['slides', slides],
  ['scenes', scenes],
  ['the page of a recording', recordingPage],
  ['thumbnails', thumbnails],
  ['where else the class goes', elsewhere],
  ['what the studio says of the recording', recordingTold],
  ['polls', polls],
] as const) {
  if (!name.includes(wanted) || (!wanted && !all && ONLY_BY_NAME.includes(name))) {
    continue;
  }
  console.log(name);
  const began = performance.now();
  try {
    await scenario(check);
  } catch (error) {
    check.failed(`${name} goes on to its end`, error);
  }
  console.log(`  (${Math.round((performance.now() - began) / 1000)} s)`);
}
check.report();
process.exit(check.failures > 0 ? 1 : 0);
