import { LitElement, css, html } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { Meter } from '../webrtc/meter.ts';
import { theme } from './theme.ts';

/** A bar that moves with a microphone. */
@customElement('amphi-meter')
export class AmphiMeter extends LitElement {
  static override styles = [
    theme,
    css`
      .bar {
        height: 8px;
        border-radius: 4px;
        background: var(--hover);
        overflow: hidden;
      }
      i {
        display: block;
        height: 100%;
        width: 100%;
        border-radius: 4px;
        background: linear-gradient(90deg, var(--ok), var(--warn));
        transform-origin: left;
        transform: scaleX(0);
      }
    `,
  ];

  @property({ attribute: false }) track: MediaStreamTrack | null = null;
  @query('i') private bar!: HTMLElement;
  #meter: Meter | null = null;
  #frame = 0;

  override render() {
    return html`<div class="bar" role="img" aria-label="Microphone level"><i></i></div>`;
  }

  override updated(changed: Map<string, unknown>): void {
    if (changed.has('track')) {
      this.#meter ??= new Meter();
      this.#meter.listen(this.track);
      cancelAnimationFrame(this.#frame);
      this.#draw();
    }
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    cancelAnimationFrame(this.#frame);
    this.#meter?.close();
    this.#meter = null;
  }

  #draw(): void {
    this.bar.style.transform = `scaleX(${(this.#meter?.level() ?? 0).toFixed(3)})`;
    this.#frame = requestAnimationFrame(() => this.#draw());
  }
}
