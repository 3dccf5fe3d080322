import { LitElement, css, html, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { invite } from '../app/api.ts';
import './amphi-dialog.ts';
import type { AmphiDialog } from './amphi-dialog.ts';
import { icons } from './icons.ts';
import { theme } from './theme.ts';

/** The links to send out: one for the audience, one for each student who comes on stage. */
@customElement('amphi-invite')
export class AmphiInvite extends LitElement {
  static override styles = [
    theme,
    css`
      section {
        display: grid;
        gap: 10px;
        margin-top: 18px;
      }
      h3 {
        font-size: 15px;
      }
      .row {
        display: flex;
        gap: 8px;
      }
      .row input {
        flex: 1;
        min-width: 0;
        font-size: 14px;
      }
    `,
  ];

  @property() room = '';
  @property() token = '';
  @state() private link = '';
  @state() private guest = '';
  @state() private copied = '';
  @state() private trouble = '';
  @query('amphi-dialog') private dialog!: AmphiDialog;

  show(): void {
    this.dialog.show();
  }

  override render() {
    const watch = `${location.origin}/watch/${this.room}`;
    return html`<amphi-dialog heading="Invite people">
      <section>
        <h3>To watch</h3>
        <p class="soft">Anyone with this link can watch and raise a hand.</p>
        ${this.#link(watch, 'Watch link')}
      </section>
      <section>
        <h3>To come on stage</h3>
        <p class="soft">A link of their own, for one student. It is good for two hours.</p>
        <form class="row" @submit=${this.#invite}>
          <input
            name="name"
            required
            maxlength="60"
            aria-label="The student's name"
            placeholder="Name"
          />
          <button>Make link</button>
        </form>
        ${this.link ? this.#link(this.link, `Link for ${this.guest}`) : nothing}
        ${
          this.trouble
            ? html`<p class="trouble" role="alert">${icons.warning}<span>${this.trouble}</span></p>`
            : nothing
        }
      </section>
      <button slot="actions" class="quiet" @click=${() => this.dialog.close()}>Done</button>
    </amphi-dialog>`;
  }

  #link(url: string, label: string) {
    const copied = this.copied === url;
    return html`<div class="row">
      <input readonly .value=${url} aria-label=${label} @focus=${select} />
      <button
        aria-label=${`${copied ? 'Copied' : 'Copy'}: ${label}`}
        @click=${() => this.#copy(url)}
      >
        ${copied ? html`${icons.check}Copied` : 'Copy'}
      </button>
    </div>`;
  }

  async #invite(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const name = String(new FormData(form).get('name')).trim();
    this.trouble = '';
    try {
      const made = await invite(this.room, this.token, 'student', name);
      this.link = new URL(made.url, location.origin).href;
      this.guest = name;
      form.reset();
    } catch (error) {
      this.trouble = error instanceof Error ? error.message : String(error);
    }
  }

  async #copy(url: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(url);
      this.copied = url;
    } catch {
      this.trouble = 'The browser does not let this page copy: mark the link and copy it yourself.';
    }
  }
}

const select = (event: Event): void => (event.target as HTMLInputElement).select();
