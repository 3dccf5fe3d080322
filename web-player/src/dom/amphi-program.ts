import { LitElement, css, html } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { clockOffsetMs } from '../app/server-clock.ts';
import { ProgramPlayer, type PlayerState } from '../hls/program-player.ts';
import { icons } from './icons.ts';
import { onPicture, theme } from './theme.ts';

/** The studio's monitor: exactly what the audience sees, silent, with how far behind it is. */
@customElement('amphi-program')
export class AmphiProgram extends LitElement {
  static override styles = [
    theme,
    css`
      .screen {
        position: relative;
        aspect-ratio: 16 / 9;
        border-radius: var(--radius);
        overflow: hidden;
        background: #04060b;
        ${onPicture}
        box-shadow: 0 0 0 1px var(--line);
      }
      .screen.on-air {
        box-shadow: 0 0 0 3px var(--live);
      }
      video {
        width: 100%;
        height: 100%;
        display: block;
      }
      .words {
        position: absolute;
        inset: 0;
        display: grid;
        place-items: center;
        place-content: center;
        gap: 10px;
        text-align: center;
        padding: 24px;
        background: radial-gradient(circle at 50% 30%, #15203a, #04060b 75%);
      }
      .words h2 {
        font-size: 24px;
      }
      .delay {
        display: flex;
        flex-wrap: wrap;
        justify-content: space-between;
        gap: 8px 16px;
        margin-top: 10px;
        font-size: 13.5px;
        color: var(--soft);
      }
      .delay span {
        display: inline-flex;
        gap: 6px;
        align-items: center;
      }
    `,
  ];

  @property() room = '';
  /** Of a class that is not open to everybody; else empty. */
  @property({ attribute: false }) token = '';
  @property({ type: Boolean }) live = false;
  /** Whether one's own picture is part of what is shown. */
  @property({ type: Boolean }) onAir = false;
  @property({ type: Number }) viewers = 0;
  @property() hint = '';
  @state() private player: PlayerState | null = null;
  /** Whether the class was live before this page came. */
  @state() private joins = false;
  @query('video') private video!: HTMLVideoElement;
  #program: ProgramPlayer | null = null;
  #clockOffsetMs = 0;
  #unwatch: () => void = () => undefined;

  override render() {
    const showing = this.live && this.player?.ready;
    return html`<div class="screen ${this.onAir && this.live ? 'on-air' : ''}">
        <video muted playsinline aria-label="What the audience sees"></video>
        ${
          showing
            ? ''
            : html`<div class="words">
                <h2>
                  ${this.live ? (this.joins ? 'One moment …' : 'Going live …') : 'You are not live'}
                </h2>
                <p class="soft">
                  ${
                    this.live
                      ? this.joins
                        ? 'The class is live: its program is on the way.'
                        : 'The program is being built up.'
                      : this.hint
                  }
                </p>
              </div>`
        }
      </div>
      <div class="delay">
        <span>${showing ? this.#behind() : 'This is what the audience sees'}</span>
        <span>${icons.people} ${this.viewers} watching</span>
      </div>`;
  }

  override willUpdate(): void {
    if (!this.hasUpdated) {
      this.joins = this.live;
    } else if (!this.live) {
      this.joins = false;
    }
  }

  override updated(changed: Map<string, unknown>): void {
    if (changed.has('live') && this.live !== (this.#program !== null)) {
      this.live ? this.#start() : this.#stop();
    }
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop();
  }

  #behind(): string {
    const playhead = this.player?.playheadMs;
    if (!playhead) {
      return 'The audience is joining';
    }
    const seconds = (Date.now() - this.#clockOffsetMs - playhead) / 1000;
    return `The audience is ${Math.max(0, seconds).toFixed(1)} s behind`;
  }

  #start(): void {
    void clockOffsetMs().then((offset) => (this.#clockOffsetMs = offset));
    this.video.muted = true;
    this.#program = new ProgramPlayer(this.video, this.room, this.token);
    this.#unwatch = this.#program.state.watch((player) => {
      this.player = player;
      if (player.ready && player.paused) {
        void this.video.play().catch(() => undefined); // Muted play is refused only while hidden.
      }
      if (player.ready && !player.atEdge) {
        this.#program?.goLive();
      }
    });
    this.#program.start();
  }

  #stop(): void {
    this.#unwatch();
    this.#program?.stop();
    this.#program = null;
    this.player = null;
  }
}
