import { LitElement, html, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { styleMap } from 'lit/directives/style-map.js';
import type { ClassSession } from '../app/class-session.ts';
import { grants } from '../app/tokens.ts';
import { inkOf } from '../core/board/ink.ts';
import {
  fromFraction,
  isInside,
  pictureIn,
  SHEET,
  toFraction,
  type Point,
  type Rect,
} from '../core/board/picture.ts';
import type { Pointer } from '../core/board/pointers.ts';
import { surfaceOf, type Surface } from '../core/board/surface.ts';
import { trackOf } from '../core/room/state.ts';
import { titleOf } from '../core/slides/pages.ts';
import { moderates } from '../core/signal/messages.ts';
import { boardStyles } from './board-styles.ts';
import { icons } from './icons.ts';
import { inkPath } from './ink-path.ts';
import { streamOf } from './stream-of.ts';
import { theme } from './theme.ts';
import { Watching } from './watching.ts';

type Tool = 'none' | 'pointer' | 'pen';

const NOWHERE: Rect = { x: 0, y: 0, width: 0, height: 0 };

/** From here on a pointer's name would leave the picture. */
const NAME_TURNS_AT = 0.8;

/** The large picture of the stage, live, with everybody's ink and pointers on it. */
@customElement('amphi-board')
export class AmphiBoard extends LitElement {
  static override styles = [theme, boardStyles];

  @property({ attribute: false }) session!: ClassSession;
  @state() private tool: Tool = 'none';
  @state() private rect: Rect = NOWHERE;
  /** The address of the page that is up. */
  @state() private page = '';
  #looksAt = '';
  @query('.frame') private frame!: HTMLElement;
  @query('video') private video!: HTMLVideoElement | null;
  @query('canvas') private canvas!: HTMLCanvasElement;
  readonly #resized = new ResizeObserver(() => this.#measure());
  #picture: MediaStream | null = null;
  #kind: Surface['kind'] = 'sheet';
  #frameAsked = 0;
  readonly #watching = new Watching(
    this,
    () =>
      [
        this.session?.state,
        this.session?.streams,
        this.session?.local.state,
        this.session?.board.strokes,
        this.session?.board.wet,
        this.session?.board.pointers,
      ] as never,
  );

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener('keydown', this.#key);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener('keydown', this.#key);
    this.#resized.disconnect();
    cancelAnimationFrame(this.#frameAsked);
    this.#use('none');
    this.session.shown(this, null, { width: 0, height: 0 });
  }

  override willUpdate(changed: Map<string, unknown>): void {
    if (changed.has('session')) {
      this.#watching.again();
    }
    const surface = surfaceOf(this.session.state.value);
    if (this.#kind !== surface.kind) {
      this.session.board.up();
    }
    this.#kind = surface.kind;
    this.#picture = this.#pictureOf(surface);
    this.#look();
  }

  override render() {
    const { state, board } = this.session;
    const self = state.value.self?.id ?? '';
    return html`<div
        class="frame ${this.#kind} ${this.tool === 'none' ? '' : 'mine'}"
        style=${styleMap({ '--ink': inkOf(self) })}
      >
        ${this.#kind === 'slides' && this.page ? html`<img src=${this.page} alt=${this.#caption()} />` : nothing}
        ${
          this.#picture
            ? html`<video
                autoplay
                playsinline
                muted
                aria-label=${this.#caption()}
                @resize=${() => this.#measure()}
                @loadedmetadata=${() => this.#measure()}
              ></video>`
            : nothing
        }
        <canvas
          class=${this.tool}
          role="img"
          aria-label=${inkWords(board.strokes.value.length)}
          @pointerdown=${this.#down}
          @pointermove=${this.#move}
          @pointerup=${this.#up}
          @pointercancel=${this.#up}
          @pointerleave=${this.#leave}
        ></canvas>
        ${this.#words()}
        <div aria-hidden="true">
          ${repeat(
            this.rect.width > 0 ? board.pointers.value : [],
            ({ from }) => from,
            (pointer) => this.#pointer(pointer, self),
          )}
        </div>
      </div>
      ${this.#tools(self)}`;
  }

  /** Brings the picture of the page that is up, and the next ones before they are wanted. */
  #look(): void {
    const up = this.session.state.value.room?.slides ?? null;
    const key = up ? `${up.deck}/${up.page}` : '';
    if (key === this.#looksAt) {
      return;
    }
    this.#looksAt = key;
    this.session.board.up();
    if (!up) {
      this.page = '';
      return;
    }
    const { pages } = this.session;
    pages.of(up).then(
      (address) => {
        if (this.#looksAt === key) {
          this.page = address;
        }
        if (moderates(this.session.state.value.self?.role ?? 'viewer') && up.page < up.pages) {
          pages.of({ deck: up.deck, page: up.page + 1 }).catch(() => undefined); // Not drawn yet.
        }
      },
      (failed: unknown) => this.session.trouble.set(String(failed)),
    );
  }

  #words() {
    const words =
      this.#kind !== 'sheet'
        ? this.rect.width > 0
          ? ''
          : 'The picture is on its way …'
        : this.session.board.strokes.value.length === 0
          ? 'An empty sheet: take the pen and draw.'
          : '';
    return words ? html`<p class="words">${words}</p>` : nothing;
  }

  #pointer({ from, x, y, turn }: Pointer, self: string) {
    const place = fromFraction({ x, y }, this.rect);
    const name = this.session.state.value.participants.find(({ id }) => id === from)?.name ?? '';
    return html`<span
      class="at turn-${turn} ${x > NAME_TURNS_AT ? 'left' : ''} ${from === self ? 'own' : ''}"
      style=${styleMap({
        left: `${place.x}px`,
        top: `${place.y}px`,
        '--ink': inkOf(from),
      })}
      ><i></i>${from === self ? nothing : html`<b>${name}</b>`}</span
    >`;
  }

  #tools(self: string) {
    const { state, board } = this.session;
    const me = state.value.self;
    const may = grants(this.session.credentials.token ?? '', 'draw') && me?.state === 'on_stage';
    const tool = (name: Tool, label: string, icon: unknown) =>
      html`<button
        class="small icon ${name}-tool"
        aria-label=${label}
        title=${label}
        aria-pressed=${this.tool === name}
        @click=${() => this.#use(this.tool === name ? 'none' : name)}
      >
        ${icon}
      </button>`;
    return html`<div
      class="tools"
      role="toolbar"
      aria-label="Pointer and pen"
      style=${styleMap({ '--ink': inkOf(self) })}
    >
      <p>${this.#caption()}</p>
      ${
        may
          ? html`${tool('pointer', 'Pointer', icons.pointer)}${tool('pen', 'Pen', icons.pen)}
              <button
                class="small icon"
                aria-label="Undo my last stroke"
                title="Undo my last stroke"
                ?disabled=${!board.mayUndo}
                @click=${() => board.undo()}
              >
                ${icons.undo}
              </button>`
          : nothing
      }
      ${
        may && moderates(me.role)
          ? html`<button
              class="small icon"
              aria-label="Clear everybody's strokes"
              title="Clear everybody's strokes"
              ?disabled=${board.strokes.value.length === 0}
              @click=${() => board.clear()}
            >
              ${icons.clear}
            </button>`
          : nothing
      }
    </div>`;
  }

  #caption(): string {
    const { kind, person } = surfaceOf(this.session.state.value);
    const name = person?.name ?? '';
    const up = this.session.state.value.room?.slides;
    return kind === 'slides' && up
      ? `${up.name}, page ${up.page} of ${up.pages}: ${titleOf(up)}`
      : kind === 'screen'
        ? `${name}’s screen, live`
        : kind === 'camera'
          ? `${name}, live`
          : 'Sheet';
  }

  #pictureOf({ kind, person }: Surface): MediaStream | null {
    if (!person || kind === 'sheet' || kind === 'slides') {
      return null;
    }
    if (person.id === this.session.state.value.self?.id) {
      const track = this.session.local.state.value[kind];
      return track ? streamOf(track) : null;
    }
    return this.session.streams.value.get(trackOf(person, kind)?.id ?? '') ?? null;
  }

  override firstUpdated(): void {
    this.#resized.observe(this.frame);
  }

  override updated(): void {
    const video = this.video;
    if (video && video.srcObject !== this.#picture) {
      video.srcObject = this.#picture;
      video.muted = true;
      void video.play().catch(() => undefined); // It plays when the page is shown again.
    }
    this.#measure();
    this.#drawSoon();
  }

  #measure(): void {
    const { width, height } = this.frame.getBoundingClientRect();
    const { videoWidth = 0, videoHeight = 0 } = this.video ?? {};
    const slides = this.session.state.value.room?.slides;
    const picture =
      this.#kind === 'sheet'
        ? SHEET
        : this.#kind === 'slides' && slides
          ? slides
          : { width: videoWidth, height: videoHeight };
    // Until its shape is known nobody can say where on it something is.
    const rect = picture.width > 0 ? pictureIn({ width, height }, picture) : NOWHERE;
    if (JSON.stringify(rect) !== JSON.stringify(this.rect)) {
      this.rect = rect;
    }
    const pixels = (length: number): number => Math.round(length * window.devicePixelRatio);
    this.session.shown(this, this.#picture, { width: pixels(width), height: pixels(height) });
  }

  #drawSoon(): void {
    cancelAnimationFrame(this.#frameAsked);
    this.#frameAsked = requestAnimationFrame(() => this.#draw());
  }

  #draw(): void {
    const ratio = window.devicePixelRatio;
    const { width, height } = this.frame.getBoundingClientRect();
    const canvas = this.canvas;
    const context = canvas.getContext('2d');
    if (!context) {
      return;
    }
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
    context.scale(ratio, ratio);
    context.lineJoin = 'round';
    context.lineWidth = 2;
    // A hair of darkness around it, so that ink is seen on any picture.
    context.strokeStyle = this.#kind === 'sheet' ? 'transparent' : 'rgb(8 11 18 / 45%)';
    if (this.rect.width === 0) {
      return;
    }
    const { strokes, wet } = this.session.board;
    const self = this.session.state.value.self?.id ?? '';
    for (const stroke of strokes.value) {
      const grows = stroke.from === self && stroke.id === wet.value?.id;
      const whole = grows
        ? { ...stroke, points: [...stroke.points, ...(wet.value?.points ?? [])] }
        : stroke;
      const path = inkPath(whole, this.rect);
      context.fillStyle = inkOf(stroke.from);
      context.stroke(path);
      context.fill(path);
    }
  }

  #use(tool: Tool): void {
    this.session.board.up();
    this.session.board.point(null);
    this.tool = tool;
  }

  #placeOf(event: MouseEvent): Point {
    const { left, top } = this.canvas.getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  }

  readonly #down = (event: PointerEvent): void => {
    const place = this.#placeOf(event);
    if (event.button !== 0 || !event.isPrimary || !isInside(place, this.rect)) {
      return;
    }
    this.canvas.setPointerCapture(event.pointerId);
    if (this.tool === 'pen') {
      this.session.board.down(toFraction(place, this.rect));
    } else {
      this.session.board.point(toFraction(place, this.rect));
    }
  };

  readonly #move = (event: PointerEvent): void => {
    if (!event.isPrimary) {
      return;
    }
    const { board } = this.session;
    const place = this.#placeOf(event);
    if (this.tool === 'pen') {
      const all = event.getCoalescedEvents();
      for (const one of all.length > 0 ? all : [event]) {
        board.move(toFraction(this.#placeOf(one), this.rect));
      }
    } else {
      board.point(isInside(place, this.rect) ? toFraction(place, this.rect) : null);
    }
  };

  readonly #up = (): void => this.session.board.up();

  readonly #leave = (): void => this.session.board.point(null);

  readonly #key = (event: KeyboardEvent): void => {
    if (this.tool === 'none') {
      return;
    }
    if (event.key === 'Escape') {
      this.#use('none');
    } else if (event.key === 'z' && (event.ctrlKey || event.metaKey) && !typing(event)) {
      event.preventDefault();
      this.session.board.undo();
    }
  };
}

function typing(event: Event): boolean {
  return event
    .composedPath()
    .some((target) => target instanceof Element && target.matches('input, textarea, select'));
}

function inkWords(count: number): string {
  return count === 0
    ? 'Nothing is drawn'
    : count === 1
      ? 'One stroke is drawn'
      : `${count} strokes are drawn`;
}
