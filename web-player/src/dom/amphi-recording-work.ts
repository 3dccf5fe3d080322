import { LitElement, css, html, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { ApiError, movieUrl, type Recording } from '../app/api.ts';
import { cutOut, removePart, seeTracks } from '../app/recording-work.ts';
import { cutOf, momentText } from '../core/recording/cut.ts';
import { trackName, trackWords, type KeptTracks } from '../core/recording/tracks.ts';
import { icons } from './icons.ts';
import { theme } from './theme.ts';

const ASK_AGAIN_MS = 2500;

/** A recording became another one: it has a part, or has none any more. */
export type Changed = CustomEvent<Recording>;

/** What whoever runs a class does with its recording: cut a part out, fetch each person's files. */
@customElement('amphi-recording-work')
export class AmphiRecordingWork extends LitElement {
  static override styles = [
    theme,
    css`
      :host {
        display: grid;
        gap: 10px;
      }
      details {
        border: 1px solid var(--line);
        border-radius: 12px;
        background: var(--surface);
      }
      summary {
        padding: 12px 16px;
        border-radius: 12px;
        font-weight: 550;
        cursor: pointer;
      }
      .inside {
        display: grid;
        gap: 12px;
        padding: 2px 16px 16px;
        font-size: 14px;
      }
      form {
        display: flex;
        flex-wrap: wrap;
        align-items: end;
        gap: 10px;
      }
      .moment {
        display: flex;
        align-items: end;
        gap: 6px;
      }
      label {
        width: 116px;
      }
      .moment button,
      form > button {
        min-height: 46px;
      }
      li {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 4px 12px;
        padding: 10px 0;
        border-top: 1px solid var(--line);
      }
      li > span {
        flex: 1 1 220px;
        overflow-wrap: anywhere;
      }
    `,
  ];

  @property() room = '';
  @property() token = '';
  @property({ attribute: false }) recording!: Recording;
  /** Where the player stands in the whole, seconds. */
  @property({ type: Number }) at = 0;
  @state() private from = '0:00';
  @state() private to = '';
  @state() private busy = false;
  @state() private wrong = '';
  @state() private done = '';
  @state() private kept: KeptTracks | null = null;
  @state() private words = '';
  @query('#tracks') private folder!: HTMLDetailsElement;
  #timer = 0;

  override connectedCallback(): void {
    super.connectedCallback();
    const { trim, duration_s } = this.recording;
    this.from = momentText(trim?.from_s ?? 0);
    this.to = momentText(trim ? trim.from_s + trim.duration_s : duration_s);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.clearTimeout(this.#timer);
  }

  override render() {
    return html`<details id="cut">
        <summary>Cut a part out</summary>
        <div class="inside">${this.#cut()}</div>
      </details>
      <details id="tracks" @toggle=${this.#toggled}>
        <summary>Each person by themselves</summary>
        <div class="inside">${this.#tracks()}</div>
      </details>`;
  }

  #cut() {
    return html`<p class="soft">
        The part becomes a video of its own, beside the whole, which stays as it is. It begins up to
        two seconds earlier, where a picture can stand by itself.
      </p>
      <form @submit=${this.#submit}>
        ${this.#moment('From', this.from, (text) => (this.from = text))}
        ${this.#moment('To', this.to, (text) => (this.to = text))}
        <button class="primary" ?disabled=${this.busy}>
          ${this.busy ? 'One moment …' : this.recording.trim ? 'Cut this out instead' : 'Cut it out'}
        </button>
        ${
          this.recording.trim
            ? html`<button
                type="button"
                class="quiet"
                ?disabled=${this.busy}
                @click=${this.#remove}
              >
                Remove the part
              </button>`
            : nothing
        }
      </form>
      ${
        this.wrong
          ? html`<p class="trouble" role="alert">${icons.warning}<span>${this.wrong}</span></p>`
          : nothing
      }
      <p role="status" ?hidden=${!this.done}>${this.done}</p>`;
  }

  #moment(label: string, value: string, write: (text: string) => void) {
    return html`<div class="moment">
      <label
        >${label}
        <input
          required
          .value=${value}
          inputmode="text"
          autocomplete="off"
          @input=${(event: Event) => write((event.target as HTMLInputElement).value)}
      /></label>
      <button
        type="button"
        aria-label=${`${label} here, where the player stands`}
        @click=${() => write(momentText(Math.min(this.at, this.recording.duration_s)))}
      >
        ${label} here
      </button>
    </div>`;
  }

  #tracks() {
    if (!this.kept) {
      return html`<p class="soft" role="status">${this.words || 'One moment …'}</p>`;
    }
    return html`${
        this.kept.finished
          ? nothing
          : html`<p class="soft">They were cut off before the recording ended.</p>`
      }
      <ul aria-label="Each person’s files">
        ${this.kept.tracks.map(
          (track) =>
            html`<li>
              <span>${trackName(track)}<br /><small class="soft">${trackWords(track)}</small></span>
              <a
                class="button small"
                download
                aria-label=${`Download ${trackName(track)}`}
                href=${movieUrl(track.url, this.token)}
                >${icons.download} Download</a
              >
            </li>`,
        )}
      </ul>`;
  }

  readonly #submit = (event: Event): void => {
    event.preventDefault();
    const part = cutOf(this.from, this.to, this.recording.duration_s);
    if (typeof part === 'string') {
      this.wrong = part;
      return;
    }
    void this.#change(
      () => cutOut(this.room, this.recording.id, this.token, part),
      'The part is there: watch it by the button above.',
    );
  };

  readonly #remove = (): void => {
    void this.#change(
      () => removePart(this.room, this.recording.id, this.token),
      'The part is erased. The whole is as it was.',
    );
  };

  async #change(act: () => Promise<Recording>, done: string): Promise<void> {
    this.busy = true;
    this.wrong = '';
    this.done = '';
    try {
      const changed: Changed = new CustomEvent('changed', { detail: await act() });
      this.done = done;
      this.dispatchEvent(changed);
    } catch (error) {
      this.wrong = ApiError.of(error).message;
    } finally {
      this.busy = false;
    }
  }

  readonly #toggled = (): void => {
    window.clearTimeout(this.#timer);
    if (this.folder.open && !this.kept) {
      void this.#ask();
    }
  };

  /** They are made after the video: until then it is asked again. */
  async #ask(): Promise<void> {
    try {
      this.kept = await seeTracks(this.room, this.recording.id, this.token);
    } catch (error) {
      const { status, code, message } = ApiError.of(error);
      this.words =
        status === 404
          ? 'Nobody’s camera or microphone was kept by itself in this recording. Before the next one, press the arrow beside Record.'
          : message;
      if (this.isConnected && this.folder.open && (code === 'bad_state' || status === 0)) {
        this.#timer = window.setTimeout(() => void this.#ask(), ASK_AGAIN_MS);
      }
    }
  }
}
