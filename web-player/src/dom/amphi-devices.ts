import { LitElement, css, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { chime } from '../webrtc/chime.ts';
import { DeviceWatch, canAsk, type DeviceTrouble } from '../webrtc/devices.ts';
import type { LocalMedia } from '../webrtc/local-media.ts';
import './amphi-meter.ts';
import { icons } from './icons.ts';
import { streamOf } from './stream-of.ts';
import { onPicture, theme } from './theme.ts';
import { Watching } from './watching.ts';

const WORDS: Readonly<Record<DeviceTrouble, (device: string) => string>> = {
  denied: (device) =>
    `The browser blocks the ${device}. Press the icon left of the address, allow the ${device} for this page, and try again.`,
  in_use: (device) =>
    `The ${device} is in use by another program. Close that program, or choose another device.`,
  not_found: (device) => `No ${device} was found. Plug one in; it is noticed by itself.`,
  insecure: () =>
    'This page came over an insecure connection, where browsers allow no camera or microphone. Open it with https://.',
  unknown: (device) => `The ${device} did not start. Unplug it, plug it in again, and try again.`,
};

/** One's own picture, sound level and devices, before and while one is on stage. */
@customElement('amphi-devices')
export class AmphiDevices extends LitElement {
  static override styles = [
    theme,
    css`
      :host {
        display: grid;
        gap: 14px;
      }
      .preview {
        position: relative;
        aspect-ratio: 16 / 9;
        border-radius: var(--radius);
        overflow: hidden;
        background: #05070c;
        ${onPicture}
        display: grid;
        place-items: center;
        box-shadow: 0 0 0 1px var(--line);
      }
      video {
        width: 100%;
        height: 100%;
        object-fit: cover;
        transform: scaleX(-1);
      }
      .none {
        color: var(--soft);
        text-align: center;
        padding: 20px;
        display: grid;
        gap: 10px;
        justify-items: center;
      }
      .toggles {
        position: absolute;
        bottom: 12px;
        left: 0;
        right: 0;
        display: flex;
        justify-content: center;
        gap: 10px;
      }
      .toggles button {
        background: rgb(12 16 25 / 84%);
        border-radius: 50%;
        width: 48px;
        min-height: 48px;
      }
      .toggles [aria-pressed='false'] {
        background: var(--live);
        color: #fff;
      }
      .menus {
        display: grid;
        grid-template-columns: 1fr 1fr;
        gap: 12px;
      }
      select {
        min-height: 42px;
        font-size: 14px;
        text-overflow: ellipsis;
      }
      .level {
        display: grid;
        grid-template-columns: auto 1fr;
        gap: 10px;
        align-items: center;
        font-size: 13.5px;
        color: var(--soft);
      }
      .speaker {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 6px 12px;
        font-size: 13.5px;
        color: var(--soft);
      }
      .check {
        display: flex;
        align-items: center;
        gap: 10px;
      }
      @media (max-width: 520px) {
        .menus {
          grid-template-columns: 1fr;
        }
      }
    `,
  ];

  @property({ attribute: false }) local!: LocalMedia;
  @state() private chimed = false;
  readonly #devices = new DeviceWatch();
  readonly #watching = new Watching(this, () => [this.local?.state, this.#devices.lists] as never);

  override connectedCallback(): void {
    super.connectedCallback();
    this.#devices.start();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#devices.stop();
  }

  override willUpdate(changed: Map<string, unknown>): void {
    if (changed.has('local')) {
      this.#watching.again();
    }
  }

  /** Asks for both devices; call it from a press. */
  async ask(): Promise<void> {
    if (canAsk()) {
      await Promise.all([this.local.startMicrophone(), this.local.startCamera()]);
      await this.#devices.refresh();
    }
    this.requestUpdate();
  }

  override render() {
    const { camera, microphone, cameraTrouble, microphoneTrouble, choice } = this.local.state.value;
    const { cameras, microphones } = this.#devices.lists.value;
    return html`<div class="preview">
        ${
          camera
            ? html`<video
                autoplay
                playsinline
                .muted=${true}
                .srcObject=${streamOf(camera)}
                aria-label="Your own picture, mirrored"
              ></video>`
            : html`<div class="none">${icons.camOff} Your camera is off</div>`
        }
        <div class="toggles">
          ${this.#microphoneButton(microphone)}${this.#cameraButton(camera)}
        </div>
      </div>
      ${this.#troubles(microphoneTrouble, cameraTrouble)}
      <div class="level">
        <span>${microphone?.enabled ? 'Say something' : 'Microphone off'}</span>
        <amphi-meter .track=${microphone?.enabled ? microphone : null}></amphi-meter>
      </div>
      <div class="speaker">
        <button class="small" @click=${this.#tryTheSpeaker}>${icons.volume}Test the speaker</button>
        <span role="status"
          >${this.chimed ? 'Three notes were played. No sound? Turn this device up.' : ''}</span
        >
      </div>
      <div class="menus">
        ${this.#menu('Microphone', 'microphone', microphones, choice.microphone)}
        ${this.#menu('Camera', 'camera', cameras, choice.camera)}
      </div>
      <label class="check">
        <input
          type="checkbox"
          .checked=${choice.originalSound}
          @change=${(event: Event) =>
            void this.local.choose({ originalSound: (event.target as HTMLInputElement).checked })}
        />
        Original sound: no noise or echo removal, for music
      </label>`;
  }

  readonly #tryTheSpeaker = (): void => {
    chime();
    this.chimed = true;
  };

  #microphoneButton(track: MediaStreamTrack | null) {
    const on = track?.enabled === true;
    return html`<button
      class="icon"
      aria-label="Microphone"
      aria-pressed=${on}
      @click=${() => this.#toggleMicrophone(track)}
    >
      ${on ? icons.mic : icons.micOff}
    </button>`;
  }

  #cameraButton(track: MediaStreamTrack | null) {
    return html`<button
      class="icon"
      aria-label="Camera"
      aria-pressed=${track !== null}
      @click=${() => (track ? this.local.stopCamera() : void this.local.startCamera())}
    >
      ${track ? icons.cam : icons.camOff}
    </button>`;
  }

  #toggleMicrophone(track: MediaStreamTrack | null): void {
    if (track) {
      track.enabled = !track.enabled;
      this.local.touch();
    } else {
      void this.local.startMicrophone();
    }
  }

  #troubles(microphone: DeviceTrouble | null, camera: DeviceTrouble | null) {
    const both = microphone !== null && microphone === camera;
    const lines = !canAsk()
      ? [WORDS.insecure('')]
      : both
        ? [
            WORDS[microphone](
              microphone === 'not_found' ? 'camera or microphone' : 'camera and microphone',
            ),
          ]
        : [
            ...(microphone ? [WORDS[microphone]('microphone')] : []),
            ...(camera ? [WORDS[camera]('camera')] : []),
          ];
    if (lines.length === 0) {
      return nothing;
    }
    return html`${lines.map(
      (text) => html`<p class="trouble" role="alert">${icons.warning}<span>${text}</span></p>`,
    )}${
      canAsk()
        ? html`<button class="quiet" @click=${() => void this.ask()}>Try again</button>`
        : nothing
    }`;
  }

  #menu(
    label: string,
    field: 'microphone' | 'camera',
    devices: readonly MediaDeviceInfo[],
    chosen: string,
  ) {
    return html`<label
      >${label}
      <select
        ?disabled=${devices.length === 0}
        @change=${(event: Event) =>
          void this.local.choose({ [field]: (event.target as HTMLSelectElement).value })}
      >
        ${devices.length === 0 ? html`<option>None found</option>` : nothing}
        ${devices.map(
          (device, index) =>
            html`<option value=${device.deviceId} ?selected=${device.deviceId === chosen}>
              ${device.label || `${label} ${index + 1}`}
            </option>`,
        )}
      </select></label
    >`;
  }
}
