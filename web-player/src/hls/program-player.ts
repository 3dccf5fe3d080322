import Hls, { ErrorTypes, Events, type ErrorData, type LevelDetails } from 'hls.js';
import { Store } from '../core/store.ts';
import { backoffMs } from '../core/net/backoff.ts';

export interface Quality {
  /** The level's index, −1 for automatic, −2 for sound only. */
  readonly index: number;
  readonly label: string;
}

export const AUTO = -1;
export const SOUND_ONLY = -2;

export interface PlayerState {
  /** Whether there is a playlist with media at all. */
  readonly ready: boolean;
  readonly paused: boolean;
  readonly waiting: boolean;
  /** The class is still going on: there is a live edge. */
  readonly live: boolean;
  readonly atEdge: boolean;
  /** Seconds on the media timeline. */
  readonly position: number;
  readonly start: number;
  readonly end: number;
  /** Wall clock of the picture that is shown, ms; null before the first. */
  readonly playheadMs: number | null;
  readonly qualities: readonly Quality[];
  readonly quality: number;
  readonly height: number;
  /** Whether somebody captions the class, and whether the viewer reads along. */
  readonly captions: 'none' | 'off' | 'on';
  /** What is said at the playhead, for whoever reads along; else empty. */
  readonly said: string;
}

const NOTHING: PlayerState = {
  ready: false,
  paused: true,
  waiting: false,
  live: true,
  atEdge: true,
  position: 0,
  start: 0,
  end: 0,
  playheadMs: null,
  qualities: [],
  quality: AUTO,
  height: 0,
  captions: 'none',
  said: '',
};

/** The class of the date range that says that there are captions from then on. */
const CAPTIONED = 'dev.amphi.captions';

/** So far behind what is newest, in seconds, the picture still counts as live. */
const EDGE_TOLERANCE_S = 6;
const CATCH_UP_RATE = 1.08;

/**
 * One room's program in one video element: hls.js with what a class needs around it. It never
 * gives up: a playlist that is not there yet is asked for again until `stop`.
 */
export class ProgramPlayer {
  readonly state = new Store<PlayerState>(NOTHING);
  readonly #video: HTMLVideoElement;
  readonly #base: string;
  #hls: Hls | null = null;
  #quality = AUTO;
  #readsAlong = false;
  #failures = 0;
  #retry = 0;
  #ticker = 0;
  #resumeAtMs: number | null = null;
  #playsOn = false;
  #listening = new AbortController();

  /** `token` stands in the addresses of a class that is not open; they are relative below it. */
  constructor(video: HTMLVideoElement, room: string, token = '') {
    this.#video = video;
    this.#base = `/hls/${token && `~${token}/`}${encodeURIComponent(room)}/`;
  }

  start(): void {
    this.stop();
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    for (const event of ['timeupdate', 'play', 'pause', 'playing', 'seeked', 'ended', 'resize']) {
      this.#video.addEventListener(event, () => this.#look(false), { signal });
    }
    this.#video.addEventListener('waiting', () => this.#look(true), { signal });
    this.#ticker = window.setInterval(() => this.#look(this.state.value.waiting), 500);
    this.#load();
  }

  stop(): void {
    window.clearTimeout(this.#retry);
    window.clearInterval(this.#ticker);
    this.#listening.abort();
    this.#hls?.destroy();
    this.#hls = null;
    this.#playsOn = false;
    this.state.set({ ...NOTHING, quality: this.#quality });
  }

  goLive(): void {
    const edge = this.#hls?.liveSyncPosition;
    if (edge !== null && edge !== undefined && Number.isFinite(edge)) {
      this.#video.currentTime = edge;
    }
    this.speed(1);
  }

  seek(position: number): void {
    const { start, end, live } = this.state.value;
    // Live, what comes after the sync position is not there yet: a player that goes there stalls.
    const last = live ? Math.min(end, this.#hls?.liveSyncPosition ?? end) : end;
    this.#video.currentTime = Math.min(Math.max(position, start), last);
    this.#look(false);
  }

  /** A speed that the viewer chose; at 1 the player again keeps to the live edge by itself. */
  speed(rate: number): void {
    if (this.#hls) {
      this.#hls.config.maxLiveSyncPlaybackRate = rate === 1 ? CATCH_UP_RATE : 1;
    }
    this.#video.playbackRate = rate;
  }

  choose(quality: number): void {
    const soundChanged = (quality === SOUND_ONLY) !== (this.#quality === SOUND_ONLY);
    this.#quality = quality;
    if (soundChanged) {
      this.#resumeAtMs = this.state.value.atEdge ? null : this.state.value.playheadMs;
      this.#load();
    } else if (this.#hls) {
      this.#hls.nextLevel = quality;
    }
    this.#look(false);
  }

  /** Shows what is said in words, or no more. */
  captions(on: boolean): void {
    this.#readsAlong = on;
    this.#subtitle();
    this.#look(this.state.value.waiting);
  }

  #subtitle(): void {
    if (this.#hls) {
      this.#hls.subtitleDisplay = false; // The browser would write them under our controls.
      this.#hls.subtitleTrack = this.#readsAlong ? 0 : -1;
    }
  }

  /** The newest wall clock that could be shown, ms; null before there is media. */
  get edgeMs(): number | null {
    const last = this.#details?.fragments.at(-1);
    return last?.programDateTime ? last.programDateTime + last.duration * 1000 : null;
  }

  /** The wall clock of a moment that can be watched, ms; null where nothing says. */
  wallMsAt(position: number): number | null {
    const one = this.#details?.fragments.findLast(({ start }) => start <= position);
    return one?.programDateTime ? one.programDateTime + (position - one.start) * 1000 : null;
  }

  /** Where the list of small pictures is. */
  get picturesPath(): string {
    return `${this.#base}thumbnails.vtt`;
  }

  get #details(): LevelDetails | null {
    return this.#hls?.latestLevelDetails ?? null;
  }

  #load(): void {
    window.clearTimeout(this.#retry);
    // Taking the source away pauses the element: what was playing has to be started again.
    this.#playsOn ||= this.state.value.ready && !this.#video.paused;
    this.#hls?.destroy();
    const hls = new Hls({
      lowLatencyMode: true,
      maxLiveSyncPlaybackRate: CATCH_UP_RATE,
      backBufferLength: 90,
      capLevelToPlayerSize: true,
      startLevel: -1,
      // How it plays, and nothing of who plays it. In headers: the page's origin is the media's, so
      // nobody is asked before, and addresses stay what caches know.
      cmcd: { useHeaders: true, includeKeys: ['bl', 'bs', 'mtp'] },
    });
    // Lists are asked for without it: hls.js would no longer see how old a cache's list is.
    delete hls.config.pLoader;
    this.#hls = hls;
    hls.on(Events.ERROR, (_, data) => hls === this.#hls && this.#failed(data));
    hls.on(Events.LEVEL_UPDATED, (_, { details }) => hls === this.#hls && this.#updated(details));
    hls.on(Events.SUBTITLE_TRACKS_UPDATED, () => hls === this.#hls && this.#subtitle());
    hls.on(Events.MANIFEST_PARSED, () => hls === this.#hls && this.#loaded());
    hls.attachMedia(this.#video);
    const list = this.#quality === SOUND_ONLY ? 'audio.m3u8' : 'index.m3u8';
    hls.loadSource(this.#base + list);
  }

  #loaded(): void {
    if (this.#playsOn) {
      this.#playsOn = false;
      void this.#video.play().catch(() => undefined); // Refused or replaced: the button is there.
    }
    this.#look(false);
  }

  #updated(details: LevelDetails): void {
    this.#failures = 0;
    const resumeAt = this.#resumeAtMs;
    if (resumeAt !== null) {
      this.#resumeAtMs = null;
      const fragment = details.fragments.findLast((one) => (one.programDateTime ?? 0) <= resumeAt);
      if (fragment?.programDateTime) {
        this.#video.currentTime = fragment.start + (resumeAt - fragment.programDateTime) / 1000;
      }
    }
    this.#look(this.state.value.waiting);
  }

  #failed(data: ErrorData): void {
    if (!data.fatal) {
      return;
    }
    if (data.type === ErrorTypes.MEDIA_ERROR && this.#failures === 0) {
      this.#failures++;
      this.#hls?.recoverMediaError();
      return;
    }
    this.#resumeAtMs = this.state.value.atEdge ? null : this.state.value.playheadMs;
    // An audience comes back all at once; jitter keeps it from doing so in one instant.
    const wait = Math.min(3000, backoffMs(++this.#failures, Math.random));
    window.clearTimeout(this.#retry);
    this.#retry = window.setTimeout(() => this.#load(), wait);
    this.#look(true);
  }

  #look(waiting: boolean): void {
    const details = this.#details;
    const video = this.#video;
    const live = details?.live ?? true;
    const end = details ? details.edge : 0;
    const target = this.#hls?.liveSyncPosition ?? end;
    this.state.set({
      ready: details !== null && video.readyState >= HTMLMediaElement.HAVE_METADATA,
      paused: video.paused,
      waiting: waiting && !video.paused,
      live,
      atEdge: live && video.currentTime >= target - EDGE_TOLERANCE_S,
      position: video.currentTime,
      start: details?.fragmentStart ?? 0,
      end,
      playheadMs: this.#hls?.playingDate?.getTime() ?? null,
      qualities: this.#qualities(),
      quality: this.#quality,
      height: video.videoHeight,
      captions: this.#readsAlong ? 'on' : captioned(details) ? 'off' : 'none',
      said: this.#readsAlong ? saidAt(video) : '',
    });
  }

  #qualities(): Quality[] {
    const levels = (this.#hls?.levels ?? [])
      .map((level, index) => ({ index, label: `${level.height}p`, height: level.height }))
      .filter((level) => level.height > 0)
      .sort((a, b) => b.height - a.height);
    return [
      { index: AUTO, label: 'Automatic' },
      ...levels.map(({ index, label }) => ({ index, label })),
      { index: SOUND_ONLY, label: 'Sound only' },
    ];
  }
}

function captioned(details: LevelDetails | null): boolean {
  return Object.values(details?.dateRanges ?? {}).some((range) => range?.class === CAPTIONED);
}

/** So many cues are read at once; an earlier one that is still due makes room. */
const MOST_SAID = 2;

/** The words of the cues that are due, in lines. */
function saidAt({ textTracks }: HTMLVideoElement): string {
  return [...textTracks]
    .filter(({ kind }) => kind === 'subtitles' || kind === 'captions')
    .flatMap(({ activeCues }) => [...(activeCues ?? [])])
    .slice(-MOST_SAID)
    .map((cue) => (cue as VTTCue).getCueAsHTML().textContent ?? '')
    .join('\n');
}
