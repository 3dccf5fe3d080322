import { LitElement, css, html, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { visibleChat } from '../core/chat/playhead.ts';
import type { ChatMessage } from '../core/signal/messages.ts';
import { tintOf } from './amphi-tile.ts';
import { icons } from './icons.ts';
import { theme } from './theme.ts';

const TIME = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });

/** Tells the page what was typed; the page sends it. */
export class ChatSend extends CustomEvent<string> {
  constructor(text: string) {
    super('chat-send', { detail: text });
  }
}

/** The class's chat, as far as the playhead has come. */
@customElement('amphi-chat')
export class AmphiChat extends LitElement {
  static override styles = [
    theme,
    css`
      :host {
        display: flex;
        flex-direction: column;
        min-height: 0;
      }
      .messages {
        flex: 1;
        min-height: 0;
        overflow-y: auto;
        overscroll-behavior: contain;
        padding: 16px;
        display: flex;
        flex-direction: column;
        gap: 14px;
      }
      .messages::before {
        content: '';
        margin-top: auto;
      }
      .who {
        display: flex;
        align-items: baseline;
        gap: 8px;
        font-size: 13px;
        font-weight: 600;
      }
      .who i {
        width: 8px;
        height: 8px;
        border-radius: 50%;
        align-self: center;
      }
      .who time {
        font-weight: 400;
        font-size: 12px;
        color: var(--soft);
      }
      .text {
        font-size: 14.5px;
        overflow-wrap: anywhere;
        white-space: pre-wrap;
      }
      .empty {
        color: var(--soft);
        text-align: center;
        font-size: 14px;
        padding: 24px 12px;
      }
      form {
        display: flex;
        gap: 8px;
        padding: 12px;
        border-top: 1px solid var(--line);
      }
      form input {
        flex: 1;
        min-width: 0;
      }
      .teacher {
        color: var(--accent);
      }
    `,
  ];

  @property({ attribute: false }) chat: readonly ChatMessage[] = [];
  @property({ attribute: false }) playheadMs: number | null = null;
  @property() selfId = '';
  @property({ type: Boolean }) closed = false;
  @state() private follow = true;
  @query('.messages') private list!: HTMLElement;

  override render() {
    const shown = visibleChat(this.chat, this.playheadMs, this.selfId);
    return html`<div
        class="messages"
        role="log"
        aria-label="Chat"
        tabindex="0"
        @scroll=${this.#scrolled}
      >
        ${
          shown.length === 0
            ? html`<p class="empty">
                ${this.closed ? 'Nothing was said.' : 'Nothing was said yet. Say hello!'}
              </p>`
            : repeat(shown, (message) => message.id, line)
        }
      </div>
      ${
        this.closed
          ? nothing
          : html`<form @submit=${this.#send}>
              <input
                name="text"
                aria-label="Message to the class"
                placeholder="Write to the class"
                maxlength="2000"
                autocomplete="off"
              />
              <button class="icon primary" aria-label="Send">${icons.send}</button>
            </form>`
      }`;
  }

  override updated(): void {
    if (this.follow) {
      this.list.scrollTop = this.list.scrollHeight;
    }
  }

  #scrolled(): void {
    const { scrollTop, clientHeight, scrollHeight } = this.list;
    this.follow = scrollTop + clientHeight > scrollHeight - 40;
  }

  #send(event: SubmitEvent): void {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const text = String(new FormData(form).get('text')).trim();
    if (text) {
      this.dispatchEvent(new ChatSend(text));
      form.reset();
      this.follow = true;
    }
  }
}

const line = (message: ChatMessage) =>
  html`<article>
    <div class="who">
      <i style="background:${tintOf(message.from.id)}"></i>
      <span class=${message.from.role === 'instructor' ? 'teacher' : ''}>${message.from.name}</span>
      <time datetime=${message.at}>${TIME.format(new Date(message.at))}</time>
    </div>
    <p class="text">${message.text}</p>
  </article>`;
