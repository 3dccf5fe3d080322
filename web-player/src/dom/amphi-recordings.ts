import { LitElement, css, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { movieUrl, recordingPage, seeRecordings, type Recording } from '../app/api.ts';
import { icons } from './icons.ts';
import { theme } from './theme.ts';

const ASK_AGAIN_MS = 2000;

const STATE_WORDS: Readonly<Record<Recording['state'], string>> = {
  recording: 'Recording',
  processing: 'Being prepared …',
  ready: 'Ready',
  failed: 'Failed',
};

/** The recordings of a class, asked for again until each is ready. */
@customElement('amphi-recordings')
export class AmphiRecordings extends LitElement {
  static override styles = [
    theme,
    css`
      ul {
        display: grid;
        gap: 10px;
      }
      li {
        display: flex;
        align-items: center;
        flex-wrap: wrap;
        gap: 12px;
        padding: 14px 16px;
        border-radius: 12px;
        background: var(--raised);
        text-align: left;
      }
      .poster {
        width: 96px;
        height: 54px;
        border-radius: 8px;
        background: #000;
        object-fit: cover;
      }
      .grow {
        flex: 1;
      }
    `,
  ];

  @property() room = '';
  @property() token = '';
  @state() private list: readonly Recording[] | null = null;
  @state() private trouble = '';
  #timer = 0;

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#ask();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.clearTimeout(this.#timer);
  }

  override render() {
    if (this.trouble) {
      return html`<p class="trouble" role="alert">${icons.warning}<span>${this.trouble}</span></p>`;
    }
    if (this.list?.length === 0) {
      return html`<p class="soft">This class was not recorded.</p>`;
    }
    return html`<ul aria-label="Recordings">
      ${(this.list ?? []).map((recording, index) => this.#line(recording, index))}
    </ul>`;
  }

  #line(recording: Recording, index: number) {
    return html`<li data-state=${recording.state}>
      ${
        recording.poster
          ? html`<img
              class="poster"
              loading="lazy"
              alt=""
              src=${movieUrl(recording.poster, this.token)}
            />`
          : icons.record
      }
      <span class="grow">
        Recording ${index + 1} · ${duration(recording.duration_s)}
        <span class="soft">· ${STATE_WORDS[recording.state]} ${recording.detail ?? ''}</span>
      </span>
      ${
        recording.state === 'ready' && recording.url
          ? html`<a
                class="button primary small"
                href=${recordingPage(this.room, recording.id, this.token)}
                >${icons.play} Watch<span class="visually-hidden"> recording ${index + 1}</span></a
              >
              <a class="button quiet small" download href=${movieUrl(recording.url, this.token)}
                >${icons.download} Download MP4</a
              >`
          : nothing
      }
    </li>`;
  }

  async #ask(): Promise<void> {
    try {
      this.list = await seeRecordings(this.room, this.token);
      this.trouble = '';
    } catch (error) {
      this.trouble = error instanceof Error ? error.message : String(error);
    }
    const pending = this.list?.some(({ state }) => state === 'recording' || state === 'processing');
    if (this.isConnected && (pending || this.trouble)) {
      this.#timer = window.setTimeout(() => void this.#ask(), ASK_AGAIN_MS);
    }
  }
}

function duration(seconds: number): string {
  const whole = Math.round(seconds);
  const pad = (n: number): string => String(n).padStart(2, '0');
  const hours = Math.floor(whole / 3600);
  const minutes = pad(Math.floor(whole / 60) % 60);
  return `${hours ? `${hours}:` : ''}${minutes}:${pad(whole % 60)}`;
}
