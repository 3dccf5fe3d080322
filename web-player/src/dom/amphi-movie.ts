import { LitElement, html, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { habits, keepHabits, type Habits } from '../app/player-habits.ts';
import type { Chapter } from '../core/player/chapters.ts';
import { SPEEDS, deedOf, speedAfter, type Deed } from '../core/player/keys.ts';
import { NO_PICTURES, type PictureTrack } from '../core/player/pictures.ts';
import { clockText } from '../core/player/time.ts';
import './amphi-timeline.ts';
import type { Seek } from './amphi-timeline.ts';
import { icons } from './icons.ts';
import { movieStyles } from './movie-styles.ts';
import { playerStyles } from './player-styles.ts';
import { toggleFullScreen, togglePictureInPicture } from './screen.ts';
import { theme } from './theme.ts';

const IDLE_MS = 3000;
const WAIT_BEFORE_WORDS_MS = 900;
const SKIP_S = 10;
/** Of a line of captions, in heights of the picture (WebVTT §7.3: 5 % and its leading). */
const CAPTION_LINE = 0.064;

/**
 * Plays an MP4 by ranges of it. Tells the page where it stands (`at`, seconds), that it cannot be
 * played (`broken`), and that a key asks for the search (`search`).
 */
@customElement('amphi-movie')
export class AmphiMovie extends LitElement {
  static override styles = [theme, playerStyles, movieStyles];

  @property() src = '';
  /** A WebVTT file; empty for none. */
  @property() captions = '';
  @property() heading = '';
  @property({ attribute: false }) chapters: readonly Chapter[] = [];
  /** Small pictures, for who looks for a moment. */
  @property({ attribute: false }) pictures = NO_PICTURES as PictureTrack;
  /** Where it begins when it is opened, seconds. */
  @property({ type: Number }) from = 0;
  /** What is known of it before the file is there. */
  @property({ type: Number }) length = 0;
  @state() private habits: Habits = habits();
  @state() private idle = false;
  @state() private menu = false;
  @state() private slow = false;
  @state() private begun = false;
  @query('.player') private frame!: HTMLElement;
  @query('video') private video!: HTMLVideoElement;
  @query('.controls') private controls!: HTMLElement;
  @query('.menu') private menuFrame!: HTMLElement | null;
  readonly #sized = new ResizeObserver(() => this.#lift());
  #idleTimer = 0;
  #slowTimer = 0;
  #goTo: number | null = null;
  #playsOn = false;

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener('keydown', this.#key);
    window.addEventListener('pointerdown', this.#pressed);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener('keydown', this.#key);
    window.removeEventListener('pointerdown', this.#pressed);
    window.clearTimeout(this.#idleTimer);
    window.clearTimeout(this.#slowTimer);
    this.#sized.disconnect();
  }

  override firstUpdated(): void {
    this.#sized.observe(this.frame);
  }

  override render() {
    const paused = this.video?.paused ?? true;
    return html`<div
      class="player ${this.idle && !paused ? 'idle' : ''}"
      @pointermove=${this.#moved}
      @pointerdown=${this.#moved}
      @focusin=${this.#moved}
    >
      <video
        playsinline
        preload="metadata"
        src=${this.src}
        aria-label=${this.heading || 'The recording'}
        @click=${() => this.togglePlay()}
        @loadedmetadata=${this.#loaded}
        @durationchange=${() => this.requestUpdate()}
        @timeupdate=${this.#played}
        @seeking=${this.#played}
        @play=${this.#turned}
        @pause=${this.#turned}
        @ended=${this.#turned}
        @volumechange=${() => this.requestUpdate()}
        @waiting=${this.#waits}
        @playing=${this.#goesOn}
        @seeked=${this.#goesOn}
        @error=${this.#broken}
      >
        ${
          this.captions
            ? html`<track
                kind="captions"
                label="Captions"
                src=${this.captions}
                @load=${this.#lift}
              />`
            : nothing
        }
      </video>
      <div class="words" role="status">
        ${this.slow ? html`<p>Your connection is slow. One moment …</p>` : nothing}
      </div>
      ${
        this.begun
          ? nothing
          : html`<div class="overlay start">
              <button aria-label="Play" @click=${() => this.togglePlay()}>${icons.play}</button>
            </div>`
      }
      ${this.#controls(paused)}
    </div>`;
  }

  override willUpdate(changed: Map<string, unknown>): void {
    if (changed.has('src') && this.hasUpdated) {
      this.begun = false;
    }
  }

  override updated(changed: Map<string, unknown>): void {
    if (changed.has('src')) {
      this.#goTo = this.from;
    }
    if (changed.has('captions') || changed.has('habits')) {
      this.#showCaptions();
    }
    if (changed.has('habits')) {
      this.video.defaultPlaybackRate = this.habits.speed;
      this.video.playbackRate = this.habits.speed;
    }
    if (changed.has('idle')) {
      this.#lift();
    }
  }

  /** Seconds from the beginning. */
  get position(): number {
    return this.#goTo ?? this.video?.currentTime ?? 0;
  }

  get duration(): number {
    const known = this.video?.duration;
    return known && Number.isFinite(known) ? known : this.length;
  }

  /** Goes there, also before the file is open. */
  seek(to: number): void {
    const at = Math.min(Math.max(0, to), this.duration || to);
    if (this.video.readyState >= HTMLMediaElement.HAVE_METADATA) {
      this.video.currentTime = at;
    } else {
      this.#goTo = at;
    }
    this.requestUpdate();
    this.#tell();
  }

  /** Goes there and plays. */
  jump(to: number): void {
    this.seek(to);
    this.#play();
  }

  togglePlay(): void {
    if (this.video.paused) {
      this.#play();
    } else {
      this.video.pause();
    }
  }

  /** Opens the file again where it was, after something had broken. */
  again(): void {
    this.#goTo = this.position;
    this.video.load();
    if (this.#playsOn) {
      this.#play();
    }
  }

  #play(): void {
    this.#playsOn = true;
    void this.video.play().catch(() => undefined); // Refused or replaced: the button is there.
  }

  #controls(paused: boolean) {
    const { muted = false, volume = 1 } = this.video ?? {};
    return html`<div class="controls">
      <amphi-timeline
        .duration=${this.duration}
        .position=${this.position}
        .chapters=${this.chapters}
        .pictures=${this.pictures}
        src=${this.src}
        @seek=${(event: Seek) => this.seek(event.detail)}
      ></amphi-timeline>
      <div class="row">
        <button
          class="icon"
          aria-label=${paused ? 'Play' : 'Pause'}
          @click=${() => this.togglePlay()}
        >
          ${paused ? icons.play : icons.pause}
        </button>
        ${this.#skip(-SKIP_S)}${this.#skip(SKIP_S)}
        <button
          class="icon desktop"
          aria-label=${muted ? 'Sound on' : 'Sound off'}
          @click=${() => (this.video.muted = !muted)}
        >
          ${muted ? icons.muted : icons.volume}
        </button>
        <span class="volume"
          ><input
            type="range"
            aria-label="Volume"
            min="0"
            max="1"
            step="0.05"
            .value=${String(volume)}
            style="--at:${volume * 100}%"
            @input=${(event: Event) => {
              this.video.muted = false;
              this.video.volume = Number((event.target as HTMLInputElement).value);
            }}
        /></span>
        <span class="time">${clockText(this.position)} / ${clockText(this.duration)}</span>
        <span class="grow"></span>
        ${
          this.captions
            ? html`<button
                class="icon"
                aria-label="Captions"
                aria-pressed=${this.habits.captions}
                @click=${this.#readAlong}
              >
                ${this.habits.captions ? icons.captionsOn : icons.captions}
              </button>`
            : nothing
        }
        ${this.#menu()}
        ${
          document.pictureInPictureEnabled
            ? html`<button
                class="icon desktop"
                aria-label="Picture in picture"
                @click=${() => togglePictureInPicture(this.video)}
              >
                ${icons.pip}
              </button>`
            : nothing
        }
        <button
          class="icon"
          aria-label="Full screen"
          @click=${() => toggleFullScreen(this.frame, this.video)}
        >
          ${icons.full}
        </button>
      </div>
    </div>`;
  }

  #skip(seconds: number) {
    return html`<button
      class="icon"
      aria-label=${seconds < 0 ? 'Back 10 seconds' : 'Ahead 10 seconds'}
      @click=${() => this.seek(this.position + seconds)}
    >
      ${seconds < 0 ? icons.back10 : icons.ahead10}
    </button>`;
  }

  #menu() {
    const { speed, keys } = this.habits;
    return html`<div class="menu">
      ${
        this.menu
          ? html`<div class="list" role="menu" aria-label="Speed and keys">
              <div role="group" aria-label="Speed">
                <p class="of" aria-hidden="true">Speed</p>
                ${SPEEDS.map(
                  (one) =>
                    html`<button
                      role="menuitemradio"
                      aria-checked=${one === speed}
                      @click=${() => {
                        this.#like({ speed: one });
                        this.menu = false;
                      }}
                    >
                      ${one}× ${one === speed ? icons.check : nothing}
                    </button>`,
                )}
              </div>
              <button
                role="menuitemcheckbox"
                aria-checked=${keys}
                @click=${() => this.#like({ keys: !keys })}
              >
                Keys (space, j, k, l, c, f …) ${keys ? icons.check : nothing}
              </button>
            </div>`
          : nothing
      }
      <button
        class="speed"
        aria-label="Speed, now ${speed}×"
        aria-expanded=${this.menu}
        @click=${() => (this.menu = !this.menu)}
      >
        ${speed}×
      </button>
    </div>`;
  }

  #like(change: Partial<Habits>): void {
    this.habits = { ...this.habits, ...change };
    keepHabits(this.habits);
  }

  readonly #readAlong = (): void => this.#like({ captions: !this.habits.captions });

  #showCaptions(): void {
    for (const track of this.video.textTracks) {
      track.mode = this.habits.captions ? 'showing' : 'hidden';
    }
  }

  /** The browser writes captions at the bottom, where our controls are while they are there. */
  readonly #lift = (): void => {
    const height = this.video.clientHeight;
    const hidden = this.idle && !this.video.paused;
    const lines = hidden || !height ? 0 : this.controls.clientHeight / (height * CAPTION_LINE);
    for (const track of this.video.textTracks) {
      for (const cue of track.cues ?? []) {
        (cue as VTTCue).line = lines ? -1 - Math.ceil(lines) : 'auto';
      }
    }
  };

  readonly #loaded = (): void => {
    if (this.#goTo !== null && this.#goTo > 0) {
      this.video.currentTime = Math.min(this.#goTo, this.duration);
    }
    this.#goTo = null;
    this.video.playbackRate = this.habits.speed;
    this.#showCaptions();
    this.requestUpdate();
    this.#tell();
  };

  readonly #played = (): void => {
    this.requestUpdate();
    this.#tell();
  };

  readonly #turned = (): void => {
    this.begun ||= !this.video.paused;
    if (this.video.paused && !this.video.seeking) {
      this.#playsOn = false;
    }
    this.requestUpdate();
    this.#lift();
    this.dispatchEvent(new CustomEvent('turned'));
  };

  readonly #waits = (): void => {
    window.clearTimeout(this.#slowTimer);
    this.#slowTimer = window.setTimeout(() => (this.slow = true), WAIT_BEFORE_WORDS_MS);
  };

  readonly #goesOn = (): void => {
    window.clearTimeout(this.#slowTimer);
    this.slow = false;
    this.#tell();
  };

  readonly #broken = (): void => {
    this.#goTo = this.position;
    this.dispatchEvent(new CustomEvent('broken'));
  };

  #tell(): void {
    this.dispatchEvent(new CustomEvent<number>('at', { detail: this.position }));
  }

  readonly #moved = (): void => {
    this.idle = false;
    window.clearTimeout(this.#idleTimer);
    this.#idleTimer = window.setTimeout(() => (this.idle = !this.menu), IDLE_MS);
  };

  /** A press anywhere else closes the menu. */
  readonly #pressed = (event: PointerEvent): void => {
    if (this.menu && this.menuFrame && !event.composedPath().includes(this.menuFrame)) {
      this.menu = false;
    }
  };

  readonly #key = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') {
      this.menu = false;
    }
    const deed = deedOf(event.key);
    if (!deed || event.ctrlKey || event.metaKey || event.altKey || !this.#may(event)) {
      return;
    }
    event.preventDefault();
    this.#do(deed);
    this.#moved();
  };

  /** A key is not taken from whoever types, nor the keys that work what has the focus. */
  #may(event: KeyboardEvent): boolean {
    const among = (selector: string): boolean =>
      event.composedPath().some((target) => target instanceof Element && target.matches(selector));
    const works = [' ', 'Home', 'End'].includes(event.key) || event.key.startsWith('Arrow');
    return (
      this.habits.keys &&
      !event.defaultPrevented &&
      !among('input:not([type="range"]), textarea, select, dialog') &&
      !(works && among('button, a, input, [role="menu"], [data-arrows]'))
    );
  }

  #do(deed: Deed): void {
    switch (deed.deed) {
      case 'play':
        return this.togglePlay();
      case 'mute':
        this.video.muted = !this.video.muted;
        return;
      case 'captions':
        return this.captions ? this.#readAlong() : undefined;
      case 'full':
        return toggleFullScreen(this.frame, this.video);
      case 'pip':
        return togglePictureInPicture(this.video);
      case 'search':
        this.dispatchEvent(new CustomEvent('search'));
        return;
      case 'skip':
        return this.seek(this.position + deed.by);
      case 'louder':
        this.video.volume = Math.min(1, Math.max(0, this.video.volume + deed.by));
        return;
      case 'faster':
        return this.#like({ speed: speedAfter(this.habits.speed, deed.by) });
      case 'go':
        return this.seek(deed.to * this.duration);
    }
  }
}
