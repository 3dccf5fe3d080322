import { LitElement, css, html } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { theme } from './theme.ts';

/** A modal question; the browser's own dialog traps the focus and closes with Escape. */
@customElement('amphi-dialog')
export class AmphiDialog extends LitElement {
  static override styles = [
    theme,
    css`
      dialog {
        width: min(460px, calc(100vw - 32px));
        padding: 26px;
        border: 1px solid var(--line);
        border-radius: 20px;
        background: var(--surface);
        color: var(--text);
        box-shadow: var(--shadow);
      }
      dialog::backdrop {
        background: rgb(4 6 10 / 68%);
      }
      h2 {
        font-size: 20px;
        margin-bottom: 12px;
      }
      footer {
        display: flex;
        justify-content: flex-end;
        flex-wrap: wrap;
        gap: 10px;
      }
      /* Within reach of a thumb. */
      @media (max-width: 860px) {
        dialog {
          width: 100%;
          max-width: 100%;
          max-height: 88dvh;
          margin: auto 0 0;
          padding: 22px 18px calc(18px + env(safe-area-inset-bottom));
          border-width: 1px 0 0;
          border-radius: 20px 20px 0 0;
        }
      }
      /* On the buttons, so that a dialog without any has no empty foot. */
      ::slotted([slot='actions']) {
        margin-top: 22px;
      }
    `,
  ];

  @property() heading = '';
  @query('dialog') private dialog!: HTMLDialogElement;

  override render() {
    return html`<dialog aria-labelledby="heading" @close=${this.#closed}>
      <h2 id="heading">${this.heading}</h2>
      <slot></slot>
      <footer><slot name="actions"></slot></footer>
    </dialog>`;
  }

  show(): void {
    if (!this.dialog.open) {
      this.dialog.showModal();
    }
  }

  close(): void {
    this.dialog.close();
  }

  /** The browser's event stays inside; whoever looks after something only meanwhile hears this. */
  readonly #closed = (): void => {
    this.dispatchEvent(new Event('close'));
  };
}
