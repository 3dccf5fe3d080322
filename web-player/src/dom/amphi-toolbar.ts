import { LitElement, html, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { ClassSession } from '../app/class-session.ts';
import { moderates, type Room } from '../core/signal/messages.ts';
import './amphi-break.ts';
import './amphi-dialog.ts';
import type { AmphiDialog } from './amphi-dialog.ts';
import './amphi-layouts.ts';
import { icons } from './icons.ts';
import { theme } from './theme.ts';
import { toolStyles } from './tool-styles.ts';
import { Watching } from './watching.ts';

/** What the toolbar leaves to the page: everything that needs a question first. */
export type ToolbarWish = 'end' | 'leave' | 'devices' | 'go-live' | 'pushes' | 'recording' | 'ask';

/** As `studio-styles` says what a phone is. */
const NARROW = window.matchMedia('(max-width: 860px)');

/**
 * The row under the program: one's devices on the left, the picture in the middle, the class on the
 * right. On a phone there is room for what a class needs at once; the rest is behind More.
 */
@customElement('amphi-toolbar')
export class AmphiToolbar extends LitElement {
  static override styles = [theme, toolStyles];

  @property({ attribute: false }) session!: ClassSession;
  @state() private narrow = NARROW.matches;
  @query('#more') private more!: AmphiDialog | null;
  readonly #watching = new Watching(
    this,
    () => [this.session?.state, this.session?.local.state] as never,
  );

  override connectedCallback(): void {
    super.connectedCallback();
    NARROW.addEventListener('change', this.#resized);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    NARROW.removeEventListener('change', this.#resized);
  }

  readonly #resized = (): void => {
    this.narrow = NARROW.matches;
  };

  override willUpdate(changed: Map<string, unknown>): void {
    if (changed.has('session')) {
      this.#watching.again();
    }
  }

  override render() {
    const { room, self } = this.session.state.value;
    if (!room || !self) {
      return nothing;
    }
    const leads = moderates(self.role);
    return this.narrow ? this.#phone(room, leads) : this.#desk(room, leads);
  }

  #desk(room: Room, leads: boolean) {
    return html`<div class="group" role="group" aria-label="Your devices">
        ${this.#microphone()}${this.#camera()}${this.#share()}${this.#settings()}
      </div>
      ${leads ? html`<div class="group middle">${this.#layouts(room, false)}</div>` : nothing}
      <div class="group end" role="group" aria-label="The class">
        ${
          leads
            ? html`${this.#record(room)}${this.#howToRecord()}${this.#pauseRecording(room)}${this.#air(room)}<span
                  class="rule"
                ></span
                >${this.#end()}`
            : nothing
        }
        ${this.#leave()}
      </div>`;
  }

  #phone(room: Room, leads: boolean) {
    return html`${this.#microphone()}${this.#camera()}
    ${
      leads
        ? html`${this.#record(room)}${this.#air(room)}${this.#tool('More', icons.more, () =>
              this.more?.show(),
            )}<amphi-dialog id="more" heading="More" @click=${this.#pressedInMore}>
              <div class="sheet">
                ${this.#share()}${this.#settings()}${this.#pauseRecording(room)}
                ${this.#tool('Ask a question', icons.poll, () => this.#wish('ask'))}
                ${this.#tool('How to record', icons.record, () => this.#wish('recording'))}
                ${
                  this.session.state.value.self?.role === 'instructor'
                    ? this.#tool('Also send to …', icons.elsewhere, () => this.#wish('pushes'))
                    : nothing
                }
                <h3>Layout</h3>
                ${this.#layouts(room, true)}
                <div class="ways">${this.#leave()}${this.#end()}</div>
              </div>
              <button slot="actions" class="quiet">Close</button>
            </amphi-dialog>`
        : html`${this.#share()}${this.#settings()}${this.#leave()}`
    }`;
  }

  /** Whatever was pressed in there, its answer is to be seen on the page. */
  readonly #pressedInMore = (event: Event): void => {
    const pressed = event.composedPath().some((target) => target instanceof HTMLButtonElement);
    if (pressed) {
      this.more?.close();
    }
  };

  #microphone() {
    const on = this.session.local.state.value.microphone?.enabled === true;
    return this.#switched('Mic', 'Microphone', on ? icons.mic : icons.micOff, on, () =>
      this.session.mute('microphone', on),
    );
  }

  #camera() {
    const on = this.session.local.state.value.camera !== null;
    return this.#switched('Camera', 'Camera', on ? icons.cam : icons.camOff, on, () =>
      this.session.mute('camera', on),
    );
  }

  #switched(label: string, whole: string, icon: unknown, on: boolean, press: () => unknown) {
    return html`<button
      class="tool device"
      aria-label=${label}
      title=${`${whole}: ${on ? 'on' : 'off'}`}
      aria-pressed=${on}
      @click=${press}
    >
      ${icon}<span aria-hidden="true">${label}</span>
    </button>`;
  }

  #share() {
    const { screen } = this.session.local.state.value;
    return 'getDisplayMedia' in (navigator.mediaDevices ?? {})
      ? html`<button
          class="tool ${screen ? 'sharing' : ''}"
          aria-label=${screen ? 'Stop sharing' : 'Share screen'}
          title=${screen ? 'Stop sharing' : 'Share screen'}
          aria-pressed=${screen !== null}
          @click=${() =>
            screen ? this.session.local.stopScreen() : void this.session.local.startScreen()}
        >
          ${icons.screen}<span aria-hidden="true">${screen ? 'Stop' : 'Share'}</span>
        </button>`
      : nothing;
  }

  #settings() {
    return this.#tool('Devices', icons.settings, () => this.#wish('devices'));
  }

  #layouts(room: Room, named: boolean) {
    return html`<amphi-layouts
      .chosen=${room.layout}
      ?named=${named}
      @choose=${({ detail }: CustomEvent<string>) => this.session.ask('layout', { layout: detail })}
    ></amphi-layouts>`;
  }

  #record(room: Room) {
    return html`<button
      class="tool record"
      role="switch"
      aria-label=${recordWord(room)}
      title=${room.recording ? 'Stop the recording' : 'Record the class'}
      aria-checked=${room.recording}
      @click=${() => this.session.ask('recording', { recording: !room.recording })}
    >
      ${icons.record}<span aria-hidden="true">${recordWord(room)}</span>
    </button>`;
  }

  #howToRecord() {
    return html`<button
      class="tool how"
      aria-label="How to record"
      title="How to record"
      @click=${() => this.#wish('recording')}
    >
      ${icons.down}
    </button>`;
  }

  #pauseRecording(room: Room) {
    const paused = room.recording_paused === true;
    return room.recording
      ? html`<button
          class="tool"
          aria-label=${paused ? 'Go on recording' : 'Pause the recording'}
          title=${paused ? 'Go on recording' : 'Pause the recording'}
          @click=${() => this.session.ask('recording', { recording: true, paused: !paused })}
        >
          ${paused ? icons.record : icons.pause}<span aria-hidden="true"
            >${paused ? 'Go on' : 'Pause'}</span
          >
        </button>`
      : nothing;
  }

  #air(room: Room) {
    return room.live
      ? html`<amphi-break .session=${this.session} .room=${room}></amphi-break>`
      : html`<button class="danger live" @click=${() => this.#wish('go-live')}>Go live</button>`;
  }

  #end() {
    return html`<button class="tool end-class" @click=${() => this.#wish('end')}>
      ${icons.stop}<span>End class</span>
    </button>`;
  }

  #leave() {
    return this.#tool('Leave', icons.leave, () => this.#wish('leave'));
  }

  #tool(label: string, icon: unknown, press: () => unknown) {
    return html`<button class="tool" aria-label=${label} title=${label} @click=${press}>
      ${icon}<span aria-hidden="true">${label}</span>
    </button>`;
  }

  #wish(wish: ToolbarWish): void {
    this.dispatchEvent(new CustomEvent<ToolbarWish>('wish', { detail: wish }));
  }
}

function recordWord(room: Room): string {
  if (!room.recording) {
    return 'Record';
  }
  return room.recording_paused ? 'Paused' : 'Recording';
}
