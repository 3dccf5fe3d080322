import { LitElement, css, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { icons } from './icons.ts';
import { rove } from './roving.ts';
import { theme } from './theme.ts';

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

/** The layouts of the program as one choice: a row of signs, or with their names below each other. */
@customElement('amphi-layouts')
export class AmphiLayouts extends LitElement {
  static override styles = [
    theme,
    css`
      [role='radiogroup'] {
        display: flex;
        gap: 2px;
        padding: 3px;
        border-radius: 12px;
        background: var(--bg);
        border: 1px solid var(--line);
      }
      button {
        background: transparent;
        min-height: 34px;
        width: 38px;
        border-radius: 9px;
        padding: 0;
        color: var(--soft);
      }
      [aria-checked='true'] {
        background: var(--accent);
        color: var(--on-accent);
      }
      [aria-checked='true']:hover {
        background: var(--accent-strong) !important;
      }
      .caption {
        margin-top: 3px;
        text-align: center;
        font-size: 11.5px;
        line-height: 1.3;
        color: var(--soft);
      }
      :host([named]) [role='radiogroup'] {
        display: grid;
      }
      :host([named]) button {
        width: auto;
        min-height: 44px;
        justify-content: flex-start;
        padding: 0 12px;
        color: var(--text);
      }
      :host([named]) [aria-checked='true'] {
        color: var(--on-accent);
      }
    `,
  ];

  /** The wire's name of the layout that is chosen. */
  @property() chosen = '';
  /** Whether each says its name. */
  @property({ type: Boolean, reflect: true }) named = false;

  override render() {
    const chosen = LAYOUTS.findIndex(({ name }) => name === this.chosen);
    return html`<div role="radiogroup" aria-label="Layout" @keydown=${this.#key}>
        ${LAYOUTS.map(
          ({ name, label, icon }, index) =>
            html`<button
              role="radio"
              aria-checked=${index === chosen}
              aria-label=${label}
              title="${label} (${index})"
              tabindex=${index === Math.max(0, chosen) ? 0 : -1}
              @click=${() => this.dispatchEvent(new CustomEvent('choose', { detail: name }))}
            >
              ${icon}${this.named ? label : ''}
            </button>`,
        )}
      </div>
      ${
        this.named
          ? ''
          : html`<p class="caption" aria-hidden="true">${LAYOUTS[chosen]?.label ?? 'Layout'}</p>`
      }`;
  }

  readonly #key = (event: KeyboardEvent): void =>
    rove(event, event.currentTarget as Element, '[role="radio"]');
}
