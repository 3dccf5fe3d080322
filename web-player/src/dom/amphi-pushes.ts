import { LitElement, html, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { keyed } from 'lit/directives/keyed.js';
import { repeat } from 'lit/directives/repeat.js';
import { addPush, removePush, seePushes } from '../app/pushes.ts';
import { asked, news, PLACES, standing, type Place, type Push } from '../core/push/pushes.ts';
import './amphi-dialog.ts';
import type { AmphiDialog } from './amphi-dialog.ts';
import { icons } from './icons.ts';
import { pushesStyles } from './pushes-styles.ts';
import { theme } from './theme.ts';

const ASK_AGAIN_MS = 2000;
const SECOND_MS = 1000;

/** Where else the class goes: how it does there, and the form for another place. */
@customElement('amphi-pushes')
export class AmphiPushes extends LitElement {
  static override styles = [theme, pushesStyles];

  @property() room = '';
  @property() token = '';
  @state() private list: readonly Push[] | null = null;
  /** The list could not be read. */
  @state() private trouble = '';
  /** What was written is not taken. */
  @state() private wrong = '';
  @state() private busy = false;
  @state() private place: Place = PLACES[0]!;
  /** Each form is a new one: no secret stays in its fields. */
  @state() private forms = 0;
  @query('amphi-dialog') private dialog!: AmphiDialog;
  @query('.places') private places!: HTMLElement | null;
  @query('select') private first!: HTMLElement | null;
  #toldMs = 0;
  #open = false;
  #asking = 0;
  #ticking = 0;

  show(): void {
    this.#open = true;
    this.wrong = '';
    this.dialog.show();
    this.#ticking = window.setInterval(() => this.requestUpdate(), SECOND_MS);
    void this.#ask();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#closed();
  }

  readonly #closed = (): void => {
    this.#open = false;
    this.forms++;
    window.clearTimeout(this.#asking);
    window.clearInterval(this.#ticking);
  };

  override render() {
    return html`<amphi-dialog heading="Also send to …" @close=${this.#closed}>
      <p class="soft">
        What the audience sees and hears goes to other platforms too, from when the class is live
        until it ends. Everybody in the class is told.
      </p>
      ${
        this.trouble
          ? html`<p class="trouble" role="alert">${icons.warning}<span>${this.trouble}</span></p>`
          : nothing
      }
      <p class="visually-hidden" role="status">${news(this.list ?? [])}</p>
      ${this.list?.length ? this.#where(this.list) : nothing} ${this.#another()}
      <button slot="actions" class="quiet" @click=${() => this.dialog.close()}>Close</button>
    </amphi-dialog>`;
  }

  #where(list: readonly Push[]) {
    return html`<section>
      <h3 id="where">Where it goes</h3>
      <ul class="places" tabindex="-1" aria-labelledby="where">
        ${repeat(
          list,
          ({ id }) => id,
          (push) => this.#line(push),
        )}
      </ul>
    </section>`;
  }

  #line(push: Push) {
    const { tone, words, why } = standing(push, this.#toldMs, Date.now());
    const runs = push.state !== 'stopped' && push.state !== 'failed';
    return html`<li data-state=${push.state}>
      <span class="name">${push.name}</span>
      <button
        class="small"
        aria-label=${runs ? `Stop sending to ${push.name}` : `Remove ${push.name}`}
        ?disabled=${this.busy}
        @click=${() => void this.#remove(push.id)}
      >
        ${runs ? 'Stop' : 'Remove'}
      </button>
      <span class="standing ${tone}">${words}</span>
      ${why ? html`<span class="why">${why}</span>` : nothing}
      <span class="address soft">${push.url}</span>
    </li>`;
  }

  #another() {
    const srt = this.place.id === 'srt';
    return keyed(
      `${this.place.id} ${this.forms}`,
      html`<section>
        <h3>${this.list?.length ? 'Another place' : 'Where to'}</h3>
        <form @submit=${this.#submit} autocomplete="off">
          <div class="pair">
            <label
              >Platform
              <select name="place" @change=${this.#choose}>
                ${PLACES.map(
                  ({ id, label }) =>
                    html`<option value=${id} ?selected=${id === this.place.id}>${label}</option>`,
                )}
              </select></label
            >
            <label
              >Picture
              <select name="rendition">
                <option value="">The largest there is</option>
                ${['720p', '480p', '360p'].map(
                  (size) => html`<option value=${size}>${size} at most</option>`,
                )}
              </select></label
            >
          </div>
          <label
            >Address of the server
            <input
              name="address"
              required
              inputmode="url"
              spellcheck="false"
              autocapitalize="off"
              placeholder=${this.place.example}
              .value=${this.place.address}
          /></label>
          <label
            >${srt ? 'Stream id, if the server wants one' : 'Stream key'}
            <input
              name="key"
              type="password"
              autocomplete="off"
              maxlength="512"
              ?required=${!srt}
              aria-describedby="kept"
          /></label>
          ${
            srt
              ? html`<label
                  >Passphrase, if the server wants one
                  <input
                    name="passphrase"
                    type="password"
                    autocomplete="off"
                    maxlength="79"
                    aria-describedby="kept"
                /></label>`
              : nothing
          }
          <p class="soft hint" id="kept">
            A secret: whoever has it can stream in your name. It goes to the server once, and no
            page ever shows it again.
          </p>
          <label
            >Name, which everybody in the class sees
            <input
              name="name"
              required
              maxlength="60"
              placeholder="Our school’s page"
              .value=${this.place.name}
          /></label>
          ${
            this.wrong
              ? html`<p class="trouble" role="alert">${icons.warning}<span>${this.wrong}</span></p>`
              : nothing
          }
          <button class="primary" ?disabled=${this.busy}>
            ${icons.elsewhere}${this.busy ? 'One moment …' : 'Send there too'}
          </button>
        </form>
      </section>`,
    );
  }

  readonly #choose = async (event: Event): Promise<void> => {
    const { value } = event.target as HTMLSelectElement;
    this.place = PLACES.find(({ id }) => id === value) ?? this.place;
    this.wrong = '';
    await this.updateComplete; // The form is another one by then.
    this.first?.focus();
  };

  readonly #submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const data = new FormData(event.target as HTMLFormElement);
    const text = (name: string): string => String(data.get(name) ?? '');
    const wanted = asked({
      place: this.place.id,
      address: text('address'),
      key: text('key'),
      passphrase: text('passphrase'),
      name: text('name'),
      rendition: text('rendition'),
    });
    void this.#change(async () => {
      await addPush(this.room, this.token, wanted);
      this.forms++;
    });
  };

  #remove(id: string): Promise<void> {
    return this.#change(() => removePush(this.room, this.token, id));
  }

  async #change(act: () => Promise<void>): Promise<void> {
    this.busy = true;
    this.wrong = '';
    try {
      await act();
      await this.#ask();
      await this.updateComplete;
      (this.places ?? this.first)?.focus(); // What was pressed is not there any more.
    } catch (error) {
      this.wrong = error instanceof Error ? error.message : String(error);
    } finally {
      this.busy = false;
    }
  }

  async #ask(): Promise<void> {
    window.clearTimeout(this.#asking);
    try {
      this.list = await seePushes(this.room, this.token);
      this.#toldMs = Date.now();
      this.trouble = '';
    } catch (error) {
      this.trouble = error instanceof Error ? error.message : String(error);
    }
    if (this.#open) {
      window.clearTimeout(this.#asking);
      this.#asking = window.setTimeout(() => void this.#ask(), ASK_AGAIN_MS);
    }
  }
}
