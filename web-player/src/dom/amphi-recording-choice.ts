import { LitElement, css, html, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { ClassSession } from '../app/class-session.ts';
import './amphi-dialog.ts';
import type { AmphiDialog } from './amphi-dialog.ts';
import { icons } from './icons.ts';
import { theme } from './theme.ts';
import { Watching } from './watching.ts';

/** What of the class is recorded: the program alone, or each person on stage as well. */
@customElement('amphi-recording-choice')
export class AmphiRecordingChoice extends LitElement {
  static override styles = [
    theme,
    css`
      fieldset {
        display: grid;
        gap: 8px;
        margin: 0;
        padding: 0;
        border: 0;
      }
      legend {
        padding: 0;
        margin-bottom: 10px;
        color: var(--soft);
      }
      label {
        grid-template-columns: auto 1fr;
        gap: 2px 12px;
        padding: 14px;
        border: 1px solid var(--line);
        border-radius: 12px;
        color: var(--text);
        font-size: 15px;
        cursor: pointer;
      }
      label:has(:checked) {
        border-color: var(--accent);
        background: var(--raised);
      }
      input[type='radio'] {
        width: 18px;
        height: 18px;
        margin: 2px 0 0;
        accent-color: var(--accent);
      }
      label span {
        grid-column: 2;
        font-size: 13.5px;
      }
    `,
  ];

  @property({ attribute: false }) session!: ClassSession;
  @state() private tracks = false;
  @query('amphi-dialog') private dialog!: AmphiDialog;
  readonly #watching = new Watching(this, () => [this.session?.state] as never);

  override willUpdate(changed: Map<string, unknown>): void {
    if (changed.has('session')) {
      this.#watching.again();
    }
  }

  show(): void {
    this.tracks = this.session.state.value.room?.recording_tracks === true;
    this.dialog.show();
  }

  override render() {
    const { room } = this.session.state.value;
    if (!room) {
      return nothing;
    }
    const same = room.recording && this.tracks === (room.recording_tracks === true);
    return html`<amphi-dialog heading="How to record">
      <fieldset>
        <legend>Everybody in the class is told which of the two it is.</legend>
        ${this.#way(false, 'The class as the audience sees it', 'One video, with picture and sound.')}
        ${this.#way(
          true,
          'That, and each person by themselves',
          'Also a file for each camera, microphone and shared screen, to cut a new video of. Only of those who agreed to be seen and heard.',
        )}
      </fieldset>
      <button slot="actions" class="quiet" @click=${() => this.dialog.close()}>Cancel</button>
      <button slot="actions" class="primary" ?disabled=${same} @click=${this.#take}>
        ${icons.record}${room.recording ? 'Record it so from now on' : 'Record'}
      </button>
    </amphi-dialog>`;
  }

  #way(tracks: boolean, name: string, words: string) {
    return html`<label
      ><input
        type="radio"
        name="way"
        .checked=${this.tracks === tracks}
        @change=${() => (this.tracks = tracks)}
      />${name}<span class="soft">${words}</span></label
    >`;
  }

  readonly #take = (): void => {
    const paused = this.session.state.value.room?.recording_paused === true;
    void this.session.ask('recording', { recording: true, paused, tracks: this.tracks });
    this.dialog.close();
  };
}
