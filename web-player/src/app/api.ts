import type { Chapter } from '../core/player/chapters.ts';
import { readPictures, type PictureTrack } from '../core/player/pictures.ts';
import type { Room } from '../core/signal/messages.ts';

/** A refusal in the server's own words (problem+json, RFC 9457). */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    detail: string,
  ) {
    super(detail);
    this.name = 'ApiError';
  }

  /** Whatever was thrown, as such a refusal. */
  static of(thrown: unknown): ApiError {
    return thrown instanceof ApiError ? thrown : new ApiError(0, 'unknown', String(thrown));
  }
}

export interface MadeRoom extends Room {
  readonly token: string;
  readonly links: { readonly studio: string | null; readonly watch: string };
}

export interface Invitation {
  readonly token: string;
  readonly url: string;
}

export interface Recording {
  readonly id: string;
  readonly state: 'recording' | 'processing' | 'ready' | 'failed';
  readonly duration_s: number;
  readonly url: string | null;
  readonly detail?: string;
  readonly title?: string;
  readonly started_at?: string;
  readonly expires_at?: string;
  readonly paused?: boolean;
  /** Where its WebVTT file is, when something was said. */
  readonly captions?: string;
  readonly chapters?: readonly Chapter[];
  /** A WebVTT file whose cues are small pictures. */
  readonly thumbnails?: string;
  /** One of these, a JPEG. */
  readonly poster?: string;
  /** A part of it that somebody cut out. */
  readonly trim?: {
    readonly from_s: number;
    readonly duration_s: number;
    readonly url: string;
    readonly captions?: string;
    readonly thumbnails?: string;
    readonly chapters?: readonly Chapter[];
  };
}

const NO_ANSWER =
  'The server cannot be reached. Check the connection to the internet and try again.';

/** Asks the API; what it refuses comes as an {@link ApiError}. */
export async function call<T>(method: string, path: string, token = '', body?: object): Promise<T> {
  const response = await send(method, path, token, 'application/json', body);
  return (await response.json().catch(() => null)) as T;
}

async function send(
  method: string,
  path: string,
  token: string,
  accept: string,
  body?: object,
): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      headers: {
        Accept: accept,
        ...(body && { 'Content-Type': 'application/json' }),
        ...(token && { Authorization: `Bearer ${token}` }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
  } catch {
    throw new ApiError(0, 'unreachable', NO_ANSWER);
  }
  if (!response.ok) {
    const answer: unknown = await response.json().catch(() => null);
    const problem = (answer ?? {}) as { code?: string; detail?: string; title?: string };
    throw new ApiError(
      response.status,
      problem.code ?? 'unknown',
      problem.detail ?? problem.title ?? `The server answered with status ${response.status}.`,
    );
  }
  return response;
}

/** A room's place in the API. */
export const at = (room: string): string => `/api/rooms/${encodeURIComponent(room)}`;

export const makeRoom = (title: string, name: string): Promise<MadeRoom> =>
  call('POST', '/api/rooms', '', { title, ...(name && { name }) });

export const seeRoom = (room: string, token = ''): Promise<Room> => call('GET', at(room), token);

export const invite = (
  room: string,
  token: string,
  role: string,
  name: string,
): Promise<Invitation> => call('POST', `${at(room)}/tokens`, token, { role, name });

/** A newer token for oneself, with the same role; only who moderates gets one. */
export const renewToken = (
  room: string,
  token: string,
  { sub, role, name }: { sub: string; role: string; name: string },
): Promise<Invitation> => call('POST', `${at(room)}/tokens`, token, { id: sub, role, name });

export const seeRecordings = (room: string, token: string): Promise<readonly Recording[]> =>
  call('GET', `${at(room)}/recordings`, token);

export const seeRecording = (room: string, id: string, token: string): Promise<Recording> =>
  call('GET', `${at(room)}/recordings/${encodeURIComponent(id)}`, token);

/** The captions of a recording, as WebVTT. */
export const readCaptions = async (path: string, token: string): Promise<string> =>
  (await send('GET', path, token, 'text/vtt')).text();

/** The small pictures of a recording, with whole addresses that open with this token. */
export async function readSmallPictures(path: string, token: string): Promise<PictureTrack> {
  const { zeroMs, cues } = readPictures(await readCaptions(path, token));
  const folder = path.slice(0, path.lastIndexOf('/') + 1);
  return {
    zeroMs,
    cues: cues.map((cue) => ({
      ...cue,
      text: movieUrl(folder + cue.text.replace(/#.*$/s, ''), token),
    })),
  };
}

/** An MP4's address; a player and a link carry the token in it, because they can carry no header. */
export function movieUrl(path: string | null, token: string): string {
  return `${path ?? ''}${token && `?token=${encodeURIComponent(token)}`}`;
}

/** The page that plays a recording, and opens with this token. */
export function recordingPage(room: string, id: string, token: string): string {
  const path = `/recording/${encodeURIComponent(room)}/${encodeURIComponent(id)}`;
  return path + (token && `#token=${encodeURIComponent(token)}`);
}
