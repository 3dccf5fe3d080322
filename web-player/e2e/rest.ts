import { writeFile } from 'node:fs/promises';

export interface Recording {
  readonly id: string;
  readonly state: 'recording' | 'processing' | 'ready' | 'failed';
  readonly duration_s: number;
  readonly url: string;
  readonly chapters?: readonly { readonly start_s: number; readonly title: string }[];
}

export interface Room {
  readonly id: string;
  readonly state: string;
  readonly live: boolean;
  readonly layout: string;
  readonly token: string;
  readonly links: { readonly studio: string; readonly watch: string };
}

/** What the node says of a class's media, as far as it is looked at here. */
export interface Pipeline {
  readonly participants: readonly {
    readonly id: string;
    readonly media?: {
      /** How often a slot was let rest for want of bandwidth. */
      readonly pauses: number;
      readonly bandwidth: Readonly<Record<string, number>>;
      readonly transport: Readonly<Record<string, number | string>>;
      readonly slots: readonly {
        readonly mid: string;
        readonly shows: string;
        readonly paused: boolean;
        readonly hidden: boolean;
        readonly view_height: number;
        readonly waits_for_key_frame: boolean;
        readonly limit: number;
        readonly layers: readonly { readonly bitrate_bps: number }[];
        readonly sent: Readonly<Record<string, number>>;
      }[];
      readonly publishes: readonly {
        readonly track: { readonly source: string };
        readonly encodings: readonly {
          readonly rid: string;
          readonly live: boolean;
          readonly received: Readonly<Record<string, number>>;
        }[];
      }[];
    };
  }[];
}

/** The REST surface as a script would use it. */
export class Rest {
  #token = '';

  constructor(private readonly base: string) {}

  /** Makes a class; everything after that is asked as its instructor. */
  async makeRoom(title: string, name: string, audience = 'open'): Promise<Room> {
    const room = await this.#ask<Room>('POST', '/api/rooms', { title, name, audience });
    this.#token = room.token;
    return room;
  }

  /** From now on everything is asked as whoever has that token. */
  as(token: string): void {
    this.#token = token;
  }

  room(id: string): Promise<Room> {
    return this.#ask('GET', `/api/rooms/${id}`);
  }

  token(room: string, name: string, role: string): Promise<{ token: string; url: string }> {
    return this.#ask('POST', `/api/rooms/${room}/tokens`, { name, role });
  }

  participants(room: string): Promise<{ id: string; name: string; state: string }[]> {
    return this.#ask('GET', `/api/rooms/${room}/participants`);
  }

  layout(room: string, layout: string, spotlight: string | null): Promise<unknown> {
    return this.#ask('PUT', `/api/rooms/${room}/layout`, { layout, spotlight });
  }

  live(room: string): Promise<unknown> {
    return this.#ask('PUT', `/api/rooms/${room}/live`, { live: true });
  }

  /** The pipeline of a class with its counters. */
  pipeline(room: string): Promise<Pipeline> {
    return this.#ask('GET', `/debug/rooms/${room}`);
  }

  recordings(room: string): Promise<Recording[]> {
    return this.#ask('GET', `/api/rooms/${room}/recordings`);
  }

  /** Captions the class. */
  async say(room: string, text: string): Promise<void> {
    await this.#send('POST', `/api/rooms/${room}/cues`, { text });
  }

  async erase(room: string, recording: string): Promise<void> {
    await this.#send('DELETE', `/api/rooms/${room}/recordings/${recording}`);
  }

  async download(url: string, path: string): Promise<void> {
    const answer = await this.#send('GET', url);
    await writeFile(path, Buffer.from(await answer.arrayBuffer()));
  }

  async #ask<T>(method: string, path: string, body?: unknown): Promise<T> {
    const answer = await this.#send(method, path, body);
    return (await answer.json()) as T;
  }

  async #send(method: string, path: string, body?: unknown): Promise<Response> {
    const answer = await fetch(new URL(path, this.base), {
      method,
      headers: {
        ...(this.#token ? { authorization: `Bearer ${this.#token}` } : {}),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!answer.ok) {
      throw new Error(`${method} ${path} answers ${answer.status}: ${await answer.text()}`);
    }
    return answer;
  }
}
