import { LitElement, css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { ClassSession } from '../app/class-session.ts';
import { marked } from '../core/consent/consent.ts';
import { isHidden, isInSpotlight } from '../core/room/picture.ts';
import { backstage, onStage, trackOf } from '../core/room/state.ts';
import { moderates, type Participant } from '../core/signal/messages.ts';
import './amphi-person-menu.ts';
import './amphi-tile.ts';
import type { Shown } from './amphi-tile.ts';
import { icons } from './icons.ts';
import { streamOf } from './stream-of.ts';
import { theme } from './theme.ts';
import { Watching } from './watching.ts';

/** The stage and the backstage as tiles, with what a moderator can do to each, and their sound. */
@customElement('amphi-people')
export class AmphiPeople extends LitElement {
  static override styles = [
    theme,
    css`
      :host {
        display: flex;
        flex-direction: column;
        gap: 18px;
      }
      h2 {
        display: flex;
        align-items: center;
        gap: 8px;
        font-size: 13px;
        font-weight: 600;
        letter-spacing: 0.01em;
        color: var(--soft);
        margin-bottom: 10px;
      }
      .tiles {
        display: grid;
        gap: 10px;
      }
      /* On the watch page a visitor sees the whole stage at once. */
      :host([wide]) .tiles {
        grid-template-columns: repeat(auto-fill, minmax(240px, 1fr));
      }
      li {
        position: relative;
      }
      .actions {
        display: flex;
        gap: 6px;
        margin-top: 6px;
        flex-wrap: wrap;
      }
      .menu {
        position: absolute;
        top: 6px;
        right: 6px;
      }
      .actions:not(:has(*)) {
        display: none;
      }
      .marks {
        position: absolute;
        top: 8px;
        left: 8px;
        display: flex;
        gap: 4px;
        pointer-events: none;
      }
      .marks.below {
        top: 38px;
      }
      .mark {
        display: flex;
        align-items: center;
        gap: 4px;
        padding: 2px 8px 2px 6px;
        border-radius: 7px;
        font-size: 12px;
        font-weight: 600;
        background: var(--accent);
        color: var(--on-accent);
      }
      .mark svg {
        width: 14px;
        height: 14px;
      }
      .figures {
        font-size: 13px;
      }
      .empty {
        padding: 16px;
        border: 1px dashed var(--line);
        border-radius: 12px;
        font-size: 13.5px;
        color: var(--soft);
      }
      @media (max-width: 860px) {
        :host {
          flex-direction: row;
          gap: 14px;
          overflow-x: auto;
          padding-bottom: 4px;
        }
        .tiles,
        :host([wide]) .tiles {
          grid-template-columns: none;
          grid-auto-flow: column;
          grid-auto-columns: max-content;
        }
        /* A screen stands beside its person: the height is for the picture and the chat. */
        li {
          display: grid;
          grid-auto-flow: column;
          grid-auto-columns: 168px;
          gap: 10px;
        }
        li amphi-tile {
          margin-bottom: 0 !important;
        }
        .actions {
          grid-row: 2;
          margin-top: 0;
        }
        .actions:not(:has(*)) {
          display: none;
        }
      }
    `,
  ];

  @property({ attribute: false }) session!: ClassSession;
  readonly #watching = new Watching(
    this,
    () =>
      [
        this.session?.state,
        this.session?.streams,
        this.session?.paused,
        this.session?.local.state,
      ] as never,
  );

  override willUpdate(changed: Map<string, unknown>): void {
    if (changed.has('session')) {
      this.#watching.again();
    }
  }

  override render() {
    const room = this.session.state.value;
    const stage = onStage(room);
    const behind = backstage(room);
    return html`<section aria-label="On stage">
        <h2>On stage <span class="badge">${stage.length}</span></h2>
        <ul class="tiles">
          ${repeat(
            stage,
            (person) => person.id,
            (person) => this.#tiles(person),
          )}
        </ul>
        ${
          stage.length === 0
            ? html`<p class="empty">Nobody is on stage: the audience sees the class's title.</p>`
            : nothing
        }
      </section>
      ${
        behind.length > 0
          ? html`<section aria-label="Backstage">
              <h2>Backstage <span class="badge">${behind.length}</span></h2>
              <ul class="tiles">
                ${repeat(
                  behind,
                  (person) => person.id,
                  (person) => this.#tiles(person),
                )}
              </ul>
            </section>`
          : nothing
      }
      ${
        room.statsEveryMs > 0
          ? html`<p class="soft figures">
              This school collects figures on the quality of your connection (no names, no
              addresses).
            </p>`
          : nothing
      }
      ${this.#sounds()}`;
  }

  readonly #shown: Shown = (place, stream, size) => this.session.shown(place, stream, size);

  #tiles(person: Participant) {
    const self = person.id === this.session.state.value.self?.id;
    const screen = this.#picture(person, 'screen', self);
    return html`<li data-person=${person.id}>
      ${
        screen
          ? html`<amphi-tile
              style="margin-bottom:10px"
              screen
              .person=${person}
              .picture=${screen}
              .shown=${self ? null : this.#shown}
              ?outside=${this.#outside(person)}
              caption="${person.name}'s screen"
            ></amphi-tile>`
          : nothing
      }
      <amphi-tile
        .person=${person}
        .picture=${this.#picture(person, 'camera', self)}
        .shown=${self ? null : this.#shown}
        ?paused=${this.session.paused.value.has(trackOf(person, 'camera')?.id ?? '')}
        .quality=${this.session.state.value.quality[person.id] ?? null}
        ?self=${self}
        ?outside=${this.#outside(person)}
        ?speaking=${this.session.state.value.speaker === person.id}
      ></amphi-tile>
      ${this.#actions(person, self)}
    </li>`;
  }

  #outside(person: Participant): boolean {
    const me = this.session.state.value.self;
    return marked(person, me && { id: me.id, leads: moderates(me.role) });
  }

  #picture(person: Participant, source: 'camera' | 'screen', self: boolean): MediaStream | null {
    if (self) {
      const track = this.session.local.state.value[source];
      return track ? streamOf(track) : null;
    }
    const track = trackOf(person, source);
    return track && !track.muted ? (this.session.streams.value.get(track.id) ?? null) : null;
  }

  #actions(person: Participant, self: boolean) {
    const me = this.session.state.value.self;
    if (!me || !moderates(me.role) || (self && person.state !== 'on_stage')) {
      return nothing;
    }
    const to = (state: string) => () =>
      void this.session.ask('stage', { participant: person.id, to: state });
    return html`${this.#seen(person)}
      <div class="actions">
        ${
          person.state === 'backstage'
            ? html`<button class="small primary" @click=${to('on_stage')}>Bring on stage</button
                ><button class="small" @click=${to('off_stage')}>Send back</button>`
            : nothing
        }
        ${
          person.state === 'accepted' || person.state === 'invited'
            ? html`<span class="soft">Getting ready …</span>`
            : nothing
        }
      </div>
      <amphi-person-menu
        class="menu"
        .session=${this.session}
        .person=${person}
        ?self=${self}
      ></amphi-person-menu>`;
  }

  /** What the moderators decided on somebody's place in the picture. */
  #seen(person: Participant) {
    const state = this.session.state.value;
    const mark = (icon: unknown, word: string, words: string) =>
      html`<span class="mark" title=${words}>${icon}${word}</span>`;
    return html`<div class="marks ${this.#outside(person) ? 'below' : ''}">
      ${
        isInSpotlight(state, person.id)
          ? mark(icons.star, 'Spotlight', 'Leads the picture')
          : nothing
      }${
        isHidden(state, person.id)
          ? mark(icons.eyeOff, 'Hidden', 'Heard, but not seen in the picture')
          : nothing
      }
    </div>`;
  }

  /** Sound is heard from elements of its own, so that tiles can come and go. */
  #sounds() {
    const room = this.session.state.value;
    const heard = room.participants
      .filter((person) => person.id !== room.self?.id)
      .flatMap((person) => person.tracks)
      .filter((track) => track.kind === 'audio');
    return repeat(
      heard,
      (track) => track.id,
      (track) => {
        const stream = this.session.streams.value.get(track.id);
        return stream ? html`<audio autoplay .srcObject=${stream}></audio>` : nothing;
      },
    );
  }
}
