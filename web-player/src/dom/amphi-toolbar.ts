import { LitElement, css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { ClassSession } from '../app/class-session.ts';
import { withLayout } from '../core/room/picture.ts';
import { moderates, type Room } from '../core/signal/messages.ts';
import './amphi-break.ts';
import { icons } from './icons.ts';
import { theme } from './theme.ts';
import { Watching } from './watching.ts';

/** At the place of the key that chooses each. */
export const LAYOUTS = [
  { name: 'auto', label: 'Automatic', icon: icons.layoutAuto },
  { name: 'speaker', label: 'Speaker', icon: icons.layoutSpeaker },
  { name: 'presentation_pip', label: 'Screen with people over it', icon: icons.layoutPip },
  { name: 'presentation_side', label: 'Screen with people beside it', icon: icons.layoutSide },
  { name: 'side_by_side', label: 'Side by side', icon: icons.layoutTwo },
  { name: 'grid', label: 'Grid', icon: icons.layoutGrid },
  { name: 'presentation', label: 'Screen only', icon: icons.layoutScreen },
] as const;

/** What the toolbar leaves to the page: everything that needs a question first. */
export type ToolbarWish = 'end' | 'leave' | 'devices' | 'go-live';

/** The row under the program: one's devices on the left, the class on the right. */
@customElement('amphi-toolbar')
export class AmphiToolbar extends LitElement {
  static override styles = [
    theme,
    css`
      :host {
        display: flex;
        align-items: center;
        gap: 10px;
        flex-wrap: wrap;
        justify-content: center;
      }
      .group {
        display: flex;
        align-items: center;
        gap: 8px;
      }
      .grow {
        flex: 1;
      }
      .device[aria-pressed='false'] {
        background: #3a1820;
        color: var(--live-text);
      }
      .device[aria-pressed='true'].sharing {
        background: #14382d;
        color: var(--ok);
      }
      .layouts {
        padding: 4px;
        border-radius: 14px;
        background: var(--bg);
        border: 1px solid var(--line);
        gap: 2px;
      }
      .layouts button {
        background: transparent;
        min-height: 36px;
        width: 42px;
        border-radius: 10px;
        padding: 0;
        color: var(--soft);
      }
      .layouts [aria-checked='true'] {
        background: var(--hover);
        color: var(--text);
      }
      .record[aria-checked='true'] {
        color: var(--live-text);
        border-color: var(--live);
      }
      .record {
        border: 1px solid var(--line);
        background: transparent;
      }
      @media (max-width: 1180px) {
        .word {
          display: none;
        }
        .record,
        .share {
          width: 44px;
          padding: 0;
        }
      }
      @media (max-width: 860px) {
        :host {
          gap: 8px;
        }
        .grow {
          display: none;
        }
        .desktop {
          display: none;
        }
      }
    `,
  ];

  @property({ attribute: false }) session!: ClassSession;
  readonly #watching = new Watching(
    this,
    () => [this.session?.state, this.session?.local.state] as never,
  );

  override willUpdate(changed: Map<string, unknown>): void {
    if (changed.has('session')) {
      this.#watching.again();
    }
  }

  override render() {
    const { room, self } = this.session.state.value;
    const leads = self !== null && moderates(self.role);
    return html`${this.#devices()}
      <span class="grow"></span>
      ${room && leads ? this.#class(room) : nothing}
      <div class="group">
        ${
          leads
            ? html`<button class="quiet" @click=${() => this.#wish('end')}>End class</button>`
            : nothing
        }
        <button class="quiet leave" aria-label="Leave" @click=${() => this.#wish('leave')}>
          ${icons.leave}<span class="word">Leave</span>
        </button>
      </div>`;
  }

  #devices() {
    const { microphone, camera, screen } = this.session.local.state.value;
    const micOn = microphone?.enabled === true;
    return html`<div class="group">
      <button
        class="icon device"
        aria-label="Microphone"
        aria-pressed=${micOn}
        @click=${() => this.session.mute('microphone', micOn)}
      >
        ${micOn ? icons.mic : icons.micOff}
      </button>
      <button
        class="icon device"
        aria-label="Camera"
        aria-pressed=${camera !== null}
        @click=${() => this.session.mute('camera', camera !== null)}
      >
        ${camera ? icons.cam : icons.camOff}
      </button>
      <button
        class="share ${screen ? 'device sharing' : ''}"
        aria-label=${screen ? 'Stop sharing' : 'Share screen'}
        aria-pressed=${screen !== null}
        ?hidden=${!('getDisplayMedia' in (navigator.mediaDevices ?? {}))}
        @click=${() =>
          screen ? this.session.local.stopScreen() : void this.session.local.startScreen()}
      >
        ${icons.screen}<span class="word">${screen ? 'Stop sharing' : 'Share screen'}</span>
      </button>
      <button class="icon" aria-label="Device settings" @click=${() => this.#wish('devices')}>
        ${icons.settings}
      </button>
    </div>`;
  }

  #class(room: Room) {
    return html`<div class="group layouts" role="radiogroup" aria-label="Layout">
        ${LAYOUTS.map(
          ({ name, label, icon }, index) =>
            html`<button
              role="radio"
              aria-checked=${room.layout === name}
              aria-label=${label}
              title="${label} (${index})"
              @click=${() => this.session.ask('layout', withLayout(this.session.state.value, name))}
            >
              ${icon}
            </button>`,
        )}
      </div>
      <div class="group">
        <button
          class="record"
          role="switch"
          aria-label="Record"
          aria-checked=${room.recording}
          @click=${() => this.session.ask('recording', { recording: !room.recording })}
        >
          ${icons.record}<span class="word">${room.recording ? 'Recording' : 'Record'}</span>
        </button>
        ${
          room.live
            ? html`<amphi-break .session=${this.session} .room=${room}></amphi-break>`
            : html`<button class="danger live" @click=${() => this.#wish('go-live')}>
                Go live
              </button>`
        }
      </div>`;
  }

  #wish(wish: ToolbarWish): void {
    this.dispatchEvent(new CustomEvent<ToolbarWish>('wish', { detail: wish }));
  }
}
