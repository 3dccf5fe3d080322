import { LitElement, css, html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { makeRoom } from '../app/api.ts';
import { keepToken } from '../app/tokens.ts';
import { readDestination } from '../core/room/address.ts';
import { icons, mark } from './icons.ts';
import { theme } from './theme.ts';

/** The first page: make a class, or join one. */
@customElement('amphi-landing')
export class AmphiLanding extends LitElement {
  static override styles = [
    theme,
    css`
      :host {
        min-height: 100vh;
        background:
          radial-gradient(1100px 560px at 78% -8%, var(--glow) 0%, transparent 62%),
          radial-gradient(760px 480px at 6% 108%, var(--glow-low) 0%, transparent 60%), var(--bg);
      }
      .frame {
        max-width: 1120px;
        margin: 0 auto;
        padding: 28px 24px 40px;
        min-height: 100vh;
        display: flex;
        flex-direction: column;
      }
      header {
        display: flex;
        align-items: center;
        gap: 10px;
        font-size: 20px;
        font-weight: 650;
        letter-spacing: -0.02em;
      }
      .mark {
        width: 32px;
        height: 32px;
        color: var(--accent);
      }
      main {
        flex: 1;
        display: grid;
        grid-template-columns: 1.1fr 0.9fr;
        gap: 72px;
        align-items: center;
        padding: 40px 0;
      }
      h1 {
        font-size: clamp(36px, 5vw, 58px);
        line-height: 1.05;
        letter-spacing: -0.035em;
        font-weight: 680;
        text-wrap: balance;
      }
      .lead {
        margin-top: 22px;
        font-size: 18px;
        line-height: 1.6;
        color: var(--soft);
        max-width: 34em;
      }
      .facts {
        display: grid;
        gap: 14px;
        margin-top: 34px;
      }
      .facts li {
        display: flex;
        gap: 12px;
        align-items: center;
      }
      .facts svg {
        color: var(--accent);
      }
      .cards {
        display: grid;
        gap: 18px;
      }
      form {
        display: grid;
        gap: 14px;
        padding: 26px;
        border-radius: 20px;
        border: 1px solid var(--line);
        background: var(--surface);
        box-shadow: var(--shadow);
      }
      form h2 {
        font-size: 20px;
      }
      form p {
        font-size: 14px;
      }
      .row {
        display: flex;
        gap: 10px;
      }
      .row input {
        min-width: 0;
      }
      @media (max-width: 860px) {
        .frame {
          padding: 20px 18px 32px;
        }
        main {
          grid-template-columns: 1fr;
          gap: 32px;
          padding: 32px 0 0;
          place-items: start stretch;
          align-content: start;
        }
        .lead {
          margin-top: 16px;
          font-size: 16px;
        }
        .facts {
          display: none;
        }
        form {
          padding: 20px;
        }
      }
    `,
  ];

  @state() private busy = false;
  @state() private startTrouble = '';
  @state() private joinTrouble =
    location.pathname === '/'
      ? ''
      : 'There is nothing at this address. Type the code of the class, or paste its link.';

  override render() {
    return html`<div class="frame">
      <header>${mark} Amphi</header>
      <main>
        <section>
          <h1>Teach thousands. Bring anyone on stage.</h1>
          <p class="lead">
            Amphi is a live classroom with a stage: you and your students speak face to face, an
            audience of any size watches two seconds behind, and whoever raises a hand can join you.
          </p>
          <ul class="facts">
            <li>${icons.cam} Your browser is the studio; there is nothing to install</li>
            <li>${icons.hand} A raised hand leads to the stage and back again</li>
            <li>${icons.record} Rewind while it is live, and record what you want to keep</li>
          </ul>
        </section>
        <section class="cards">${this.#startForm()}${this.#joinForm()}</section>
      </main>
    </div>`;
  }

  #startForm() {
    return html`<form @submit=${this.#start} aria-labelledby="start">
      <h2 id="start">Start a class</h2>
      <label
        >What is it about?
        <input
          name="title"
          required
          maxlength="120"
          autocomplete="off"
          placeholder="Photosynthesis, year 9"
      /></label>
      <label
        >Your name
        <input name="name" required maxlength="60" autocomplete="name" placeholder="Ada Lovelace"
      /></label>
      ${trouble(this.startTrouble)}
      <button class="primary" ?disabled=${this.busy}>
        ${this.busy ? 'Opening the studio …' : 'Start a class'}
      </button>
    </form>`;
  }

  #joinForm() {
    return html`<form @submit=${this.#join} aria-labelledby="join" novalidate>
      <h2 id="join">Join a class</h2>
      <div class="row">
        <input
          name="code"
          aria-label="The class's code or link"
          autocomplete="off"
          autocapitalize="off"
          spellcheck="false"
          placeholder="Code or link"
        />
        <button>Join</button>
      </div>
      ${trouble(this.joinTrouble)}
    </form>`;
  }

  async #start(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const fields = new FormData(event.target as HTMLFormElement);
    this.busy = true;
    this.startTrouble = '';
    try {
      const made = await makeRoom(
        String(fields.get('title')).trim(),
        String(fields.get('name')).trim(),
      );
      keepToken(made.id, made.token);
      location.assign(`/studio/${encodeURIComponent(made.id)}`);
    } catch (error) {
      this.startTrouble = error instanceof Error ? error.message : String(error);
      this.busy = false;
    }
  }

  #join(event: SubmitEvent): void {
    event.preventDefault();
    const typed = String(new FormData(event.target as HTMLFormElement).get('code'));
    const destination = readDestination(typed);
    if (destination) {
      location.assign(`/${destination.page}/${destination.room}${destination.hash}`);
    } else {
      this.joinTrouble = typed.trim()
        ? 'This is neither a code nor a link of a class. A code looks like class-7kf2m9xq.'
        : 'Type the code of the class, or paste its link.';
    }
  }
}

const trouble = (text: string) =>
  text ? html`<p class="trouble" role="alert">${icons.warning}<span>${text}</span></p>` : nothing;
