import type { SlidesUp } from '../core/slides/pages.ts';

const at = (room: string): string => `/api/rooms/${encodeURIComponent(room)}/slides`;

/** Pictures kept for turning back; a page has some hundred kilobytes. */
const MOST_KEPT = 24;

/**
 * Brings a PDF to the server; resolves when its first page is up.
 *
 * @param progress from 0 to 1 while it is sent
 * @throws Error with the server's sentence
 */
export function bring(
  room: string,
  token: string,
  file: File,
  progress: (part: number) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', `${at(room)}?name=${encodeURIComponent(file.name.slice(0, 60))}`);
    request.setRequestHeader('Authorization', `Bearer ${token}`);
    request.setRequestHeader('Content-Type', 'application/pdf');
    request.upload.onprogress = ({ loaded, total }) => progress(total > 0 ? loaded / total : 0);
    request.onerror = () =>
      reject(new Error('The slides did not get through: check the connection and try again.'));
    request.onload = () =>
      request.status === 201 ? resolve() : reject(new Error(sentence(request)));
    request.send(file);
  });
}

function sentence({ responseText, status }: XMLHttpRequest): string {
  try {
    const { detail } = JSON.parse(responseText) as { detail?: string };
    return detail ?? `The server answered with status ${status}.`;
  } catch {
    return `The server answered with status ${status}.`;
  }
}

/** The pictures of pages, as addresses that an image can show: the token travels in a header. */
export class PagePictures {
  readonly #room: string;
  readonly #token: () => string;
  readonly #kept = new Map<string, Promise<string>>();

  constructor(room: string, token: () => string) {
    this.#room = room;
    this.#token = token;
  }

  /** @returns the address of a picture in memory, valid until `forget` */
  of({ deck, page }: Pick<SlidesUp, 'deck' | 'page'>): Promise<string> {
    const key = `${deck}/${page}.png`;
    const known = this.#kept.get(key);
    if (known) {
      return known;
    }
    const fetched = this.#fetch(key);
    fetched.catch(() => this.#kept.delete(key));
    this.#kept.set(key, fetched);
    const oldest = this.#kept.size > MOST_KEPT ? this.#kept.keys().next().value : undefined;
    if (oldest !== undefined) {
      this.#drop(oldest);
    }
    return fetched;
  }

  async #fetch(key: string): Promise<string> {
    const response = await fetch(`${at(this.#room)}/${key}`, {
      headers: { Authorization: `Bearer ${this.#token()}` },
    });
    if (!response.ok) {
      throw new Error(`The page's picture is not there: status ${response.status}.`);
    }
    return URL.createObjectURL(await response.blob());
  }

  #drop(key: string): void {
    const gone = this.#kept.get(key);
    this.#kept.delete(key);
    gone?.then(URL.revokeObjectURL, () => undefined);
  }

  forget(): void {
    [...this.#kept.keys()].forEach((key) => this.#drop(key));
  }
}
