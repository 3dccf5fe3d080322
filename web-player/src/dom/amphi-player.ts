import { LitElement, html, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { LivePictures } from '../app/live-pictures.ts';
import type { ClassState } from '../core/signal/messages.ts';
import { clockText } from '../core/player/time.ts';
import { ProgramPlayer, SOUND_ONLY, type PlayerState } from '../hls/program-player.ts';
import './amphi-begins.ts';
import { glimpse, glimpseStyles, pointedAt, type Pointed } from './glimpse.ts';
import { icons, mark } from './icons.ts';
import { playerStyles } from './player-styles.ts';
import { toggleFullScreen, togglePictureInPicture } from './screen.ts';
import { theme } from './theme.ts';

const IDLE_MS = 3000;
const WAIT_BEFORE_WORDS_MS = 900;
const SPEEDS = [1, 1.25, 1.5, 2] as const;

/** The audience's player; what state the class is in comes from the server, not from errors. */
@customElement('amphi-player')
export class AmphiPlayer extends LitElement {
  static override styles = [theme, playerStyles, glimpseStyles];

  @property() room = '';
  /** Of a class that is not open to everybody; else empty. */
  @property({ attribute: false }) token = '';
  @property() heading = '';
  @property() state: ClassState = 'lobby';
  /** When the class is to begin, ISO 8601; empty when nobody said so. */
  @property() begins = '';
  /** On while the viewer is on stage: the player is paused and silent, so that nothing echoes. */
  @property({ type: Boolean }) suspended = false;
  @state() private player: PlayerState | null = null;
  @state() private needsTap = false;
  @state() private idle = false;
  @state() private menu = false;
  @state() private slow = false;
  @state() private rate = 1;
  @state() private again = false;
  @state() private pointed: Pointed | null = null;
  @query('.player') private frame!: HTMLElement;
  @query('video') private video!: HTMLVideoElement;
  @query('.menu') private menuFrame!: HTMLElement | null;
  #program: ProgramPlayer | null = null;
  #pictures: LivePictures | null = null;
  #unwatch: () => void = () => undefined;
  #idleTimer = 0;
  #slowTimer = 0;
  #started = false;

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener('keydown', this.#key);
    window.addEventListener('pointerdown', this.#pressed);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener('keydown', this.#key);
    window.removeEventListener('pointerdown', this.#pressed);
    this.#stop();
  }

  override render() {
    const player = this.player;
    const playing = this.#wanted && player?.ready;
    return html`<div
      class="player ${this.idle && playing && !player.paused ? 'idle' : ''}"
      @pointermove=${this.#moved}
      @pointerdown=${this.#moved}
      @focusin=${this.#moved}
    >
      <video
        playsinline
        aria-label=${this.heading || 'The class'}
        @click=${() => this.togglePlay()}
        @volumechange=${() => this.requestUpdate()}
        @ended=${() => (this.again = false)}
      ></video>
      ${
        playing && player.quality === SOUND_ONLY
          ? html`<div class="overlay slate" style="pointer-events:none">
              ${icons.volume}
              <h2>Sound only</h2>
            </div>`
          : nothing
      }
      ${playing ? nothing : this.#slate()} ${playing ? this.#words(player) : nothing}
      ${playing && player.said ? html`<p class="said" dir="auto">${player.said}</p>` : nothing}
      ${
        playing && this.needsTap && !this.suspended
          ? html`<div class="overlay sound">
              <button @click=${this.#tap}>${icons.volume} Tap for sound</button>
            </div>`
          : nothing
      }
      ${playing ? this.#controls(player) : nothing}
    </div>`;
  }

  override willUpdate(changed: Map<string, unknown>): void {
    if (changed.has('suspended') && this.hasUpdated) {
      this.#suspend();
    }
  }

  override updated(): void {
    if (this.#wanted !== (this.#program !== null)) {
      this.#wanted ? this.#start() : this.#stop();
    }
  }

  /** Whether there is something to play: a class that is on air, or one that is watched again. */
  get #wanted(): boolean {
    return this.state === 'live' || this.state === 'interrupted' || this.#started || this.again;
  }

  goLive(): void {
    this.#program?.goLive();
    this.rate = 1;
    void this.#play();
  }

  togglePlay(): void {
    if (this.video.paused) {
      void this.#play();
    } else {
      this.video.pause();
    }
  }

  #start(): void {
    this.#program = new ProgramPlayer(this.video, this.room, this.token);
    this.#pictures = new LivePictures(this.#program.picturesPath);
    this.#unwatch = this.#program.state.watch((player) => this.#changed(player));
    this.#program.start();
  }

  #stop(): void {
    this.#unwatch();
    this.#program?.stop();
    this.#program = null;
    this.#pictures = null;
    this.player = null;
    this.pointed = null;
    this.#started = false;
  }

  #changed(player: PlayerState): void {
    const first = player.ready && !this.#started;
    if (player.waiting !== this.player?.waiting) {
      window.clearTimeout(this.#slowTimer);
      this.slow = false;
      if (player.waiting) {
        this.#slowTimer = window.setTimeout(() => (this.slow = true), WAIT_BEFORE_WORDS_MS);
      }
    }
    this.player = player;
    if (first) {
      // From now on the program stays on the page, also when the class ends while it is watched.
      this.#started = true;
      if (!this.suspended) {
        void this.#play();
      }
    }
    this.dispatchEvent(new CustomEvent('playhead', { detail: player.playheadMs }));
  }

  /** Plays with sound where the browser lets it, else silently with a large button for sound. */
  async #play(): Promise<void> {
    try {
      await this.video.play();
    } catch (error) {
      if (error instanceof DOMException && error.name === 'NotAllowedError' && !this.video.muted) {
        this.video.muted = true;
        this.needsTap = true;
        await this.video.play().catch(() => undefined); // The play button is still there.
      }
    }
  }

  readonly #tap = (): void => {
    this.needsTap = false;
    this.video.muted = false;
    void this.#play();
  };

  #suspend(): void {
    if (this.suspended) {
      this.video.pause();
      this.video.muted = true;
    } else {
      this.video.muted = this.needsTap;
      this.goLive();
    }
  }

  #slate() {
    const begins = this.state === 'scheduled' || this.state === 'lobby' ? this.begins : '';
    const words = SLATES[begins ? 'scheduled' : this.state];
    const over =
      this.state === 'ended' || this.state === 'processing' || this.state === 'published';
    return html`<div class="overlay slate" role="status">
      ${mark}
      <h2>${words.heading}</h2>
      ${begins ? html`<amphi-begins at=${begins}></amphi-begins>` : nothing}
      <p class="soft">${words.text}</p>
      ${
        over
          ? html`<button class="primary" @click=${() => (this.again = true)}>Watch again</button>`
          : nothing
      }
    </div>`;
  }

  #words(player: PlayerState) {
    const words =
      this.state === 'interrupted'
        ? 'One moment: the teacher is coming back'
        : this.slow
          ? 'Your connection is slow. Catching up …'
          : !player.live && this.state !== 'live'
            ? 'The class has ended. You can rewind through all of it.'
            : '';
    return html`<div class="words" role="status">${words ? html`<p>${words}</p>` : nothing}</div>`;
  }

  #controls(player: PlayerState) {
    const length = Math.max(0.1, player.end - player.start);
    const at = Math.min(100, Math.max(0, ((player.position - player.start) / length) * 100));
    const behind = player.position - player.end;
    return html`<div class="controls">
      <div class="line">
        <input
          class="seek"
          type="range"
          aria-label="Position in the class"
          aria-valuetext=${player.atEdge ? 'live' : clockText(player.live ? behind : player.position)}
          min=${player.start}
          max=${player.end}
          step="0.1"
          .value=${String(player.atEdge ? player.end : player.position)}
          style="--at:${player.atEdge ? 100 : at}%"
          @input=${(event: Event) =>
            this.#program?.seek(Number((event.target as HTMLInputElement).value))}
          @pointerdown=${this.#point}
          @pointermove=${this.#point}
          @pointerleave=${this.#gone}
          @pointercancel=${this.#gone}
        />
        ${this.pointed ? this.#glimpse(player, this.pointed) : nothing}
      </div>
      <div class="row">
        <button
          class="icon"
          aria-label=${player.paused ? 'Play' : 'Pause'}
          @click=${() => this.togglePlay()}
        >
          ${player.paused ? icons.play : icons.pause}
        </button>
        ${this.#skip(-10)}${this.#skip(10)}
        <button
          class="icon"
          aria-label=${this.video.muted ? 'Sound on' : 'Sound off'}
          @click=${this.#toggleMute}
        >
          ${this.video.muted ? icons.muted : icons.volume}
        </button>
        <span class="volume"
          ><input
            type="range"
            aria-label="Volume"
            min="0"
            max="1"
            step="0.05"
            .value=${String(this.video.volume)}
            style="--at:${this.video.volume * 100}%"
            @input=${(event: Event) =>
              (this.video.volume = Number((event.target as HTMLInputElement).value))}
        /></span>
        ${
          player.live
            ? html`<button
                class="to-live ${player.atEdge ? 'at-edge' : ''}"
                aria-label=${player.atEdge ? 'Live' : 'Go live: jump to what is newest'}
                ?disabled=${player.atEdge && !player.paused}
                @click=${() => this.goLive()}
              >
                ${player.atEdge ? 'LIVE' : 'GO LIVE'}
              </button>`
            : nothing
        }
        <span class="time">
          ${
            player.live
              ? player.atEdge
                ? ''
                : clockText(behind)
              : `${clockText(player.position - player.start)} / ${clockText(length)}`
          }
        </span>
        <span class="grow"></span>
        ${
          player.captions === 'none'
            ? nothing
            : html`<button
                class="icon"
                aria-label="Captions"
                aria-pressed=${player.captions === 'on'}
                @click=${this.#readAlong}
              >
                ${player.captions === 'on' ? icons.captionsOn : icons.captions}
              </button>`
        }
        ${this.#menuButton(player)}
        ${
          document.pictureInPictureEnabled
            ? html`<button class="icon desktop" aria-label="Picture in picture" @click=${this.#pip}>
                ${icons.pip}
              </button>`
            : nothing
        }
        <button class="icon" aria-label="Full screen" @click=${this.#fullscreen}>
          ${icons.full}
        </button>
      </div>
    </div>`;
  }

  /** What was shown then, for who looks for a moment; the newest has no picture yet. */
  #glimpse(player: PlayerState, { part, left }: Pointed) {
    const at = player.start + part * (player.end - player.start);
    const wallMs = this.#program?.wallMsAt(at) ?? null;
    const small = wallMs === null ? null : this.#pictures?.at(wallMs);
    return glimpse(
      left,
      small ? html`<img src=${small} alt="" />` : nothing,
      clockText(player.live ? Math.min(0, at - player.end) : at - player.start),
    );
  }

  readonly #point = (event: PointerEvent): void => {
    this.pointed = pointedAt(event);
    void this.#pictures?.ask(performance.now()).then((more) => more && this.requestUpdate());
  };

  readonly #gone = (): void => {
    this.pointed = null;
  };

  #skip(seconds: number) {
    return html`<button
      class="icon"
      aria-label=${seconds < 0 ? 'Back 10 seconds' : 'Ahead 10 seconds'}
      @click=${() => this.#program?.seek(this.video.currentTime + seconds)}
    >
      ${seconds < 0 ? icons.back10 : icons.ahead10}
    </button>`;
  }

  #menuButton(player: PlayerState) {
    const choice = (label: string, on: boolean, choose: () => void) =>
      html`<button
        role="menuitemradio"
        aria-checked=${on}
        @click=${() => {
          choose();
          this.menu = false;
        }}
      >
        ${label} ${on ? icons.check : nothing}
      </button>`;
    const group = (label: string, choices: readonly unknown[]) =>
      html`<div role="group" aria-label=${label}>
        <p class="of" aria-hidden="true">${label}</p>
        ${choices}
      </div>`;
    return html`<div class="menu">
      ${
        this.menu
          ? html`<div class="list" role="menu" aria-label="Quality and speed">
              ${group(
                `Quality${player.height ? ` (now ${player.height}p)` : ''}`,
                player.qualities.map(({ index, label }) =>
                  choice(label, index === player.quality, () => this.#program?.choose(index)),
                ),
              )}
              ${
                player.atEdge
                  ? nothing
                  : group(
                      'Speed',
                      SPEEDS.map((rate) =>
                        choice(`${rate}×`, rate === this.rate, () => this.#speed(rate)),
                      ),
                    )
              }
            </div>`
          : nothing
      }
      <button
        class="icon"
        aria-label="Quality and speed"
        aria-expanded=${this.menu}
        @click=${() => (this.menu = !this.menu)}
      >
        ${icons.settings}
      </button>
    </div>`;
  }

  #speed(rate: number): void {
    this.rate = rate;
    this.#program?.speed(rate);
  }

  readonly #readAlong = (): void => this.#program?.captions(this.player?.captions === 'off');

  readonly #toggleMute = (): void => {
    this.needsTap = false;
    this.video.muted = !this.video.muted;
  };

  readonly #pip = (): void => togglePictureInPicture(this.video);

  readonly #fullscreen = (): void => toggleFullScreen(this.frame, this.video);

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
    const inControl = event
      .composedPath()
      .some(
        (target) =>
          target instanceof Element && target.matches('input, textarea, select, dialog, button, a'),
      );
    if (inControl || event.ctrlKey || event.metaKey || event.altKey || !this.player?.ready) {
      return;
    }
    const act = this.#shortcuts[event.key];
    if (act && !this.suspended) {
      event.preventDefault();
      act();
      this.#moved();
    }
  };

  readonly #shortcuts: Readonly<Record<string, () => void>> = {
    ' ': () => this.togglePlay(),
    k: () => this.togglePlay(),
    j: () => this.#program?.seek(this.video.currentTime - 10),
    l: () => this.#program?.seek(this.video.currentTime + 10),
    ArrowLeft: () => this.#program?.seek(this.video.currentTime - 10),
    ArrowRight: () => this.#program?.seek(this.video.currentTime + 10),
    ArrowUp: () => (this.video.volume = Math.min(1, this.video.volume + 0.1)),
    ArrowDown: () => (this.video.volume = Math.max(0, this.video.volume - 0.1)),
    m: () => this.#toggleMute(),
    c: () => this.player?.captions !== 'none' && this.#readAlong(),
    f: () => this.#fullscreen(),
    i: () => this.#pip(),
    End: () => this.goLive(),
  };
}

const SLATES: Readonly<Record<ClassState, { heading: string; text: string }>> = {
  scheduled: {
    heading: 'The class has not started yet',
    text: 'Stay here: it begins by itself when the teacher goes live.',
  },
  lobby: {
    heading: 'The class begins shortly',
    text: 'Stay here: it begins by itself when the teacher goes live.',
  },
  live: { heading: 'Joining the class …', text: 'The picture is on its way.' },
  interrupted: {
    heading: 'One moment, please',
    text: 'The teacher is coming back. It goes on here by itself.',
  },
  ended: { heading: 'The class has ended', text: 'Thank you for being there.' },
  processing: { heading: 'The class has ended', text: 'The recording is being prepared.' },
  published: { heading: 'The class has ended', text: 'You can watch it again.' },
  cancelled: { heading: 'The class was cancelled', text: 'Ask your teacher when it takes place.' },
};
