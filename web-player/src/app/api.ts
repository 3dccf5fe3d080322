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
}

const NO_ANSWER =
  'The server cannot be reached. Check the connection to the internet and try again.';

async function call<T>(method: string, path: string, token = '', body?: object): Promise<T> {
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      headers: {
        Accept: 'application/json',
        ...(body && { 'Content-Type': 'application/json' }),
        ...(token && { Authorization: `Bearer ${token}` }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
  } catch {
    throw new ApiError(0, 'unreachable', NO_ANSWER);
  }
  const answer: unknown = await response.json().catch(() => null);
  if (!response.ok) {
    const problem = (answer ?? {}) as { code?: string; detail?: string; title?: string };
    throw new ApiError(
      response.status,
      problem.code ?? 'unknown',
      problem.detail ?? problem.title ?? `The server answered with status ${response.status}.`,
    );
  }
  return answer as T;
}

const at = (room: string): string => `/api/rooms/${encodeURIComponent(room)}`;

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

/** The recording's address; a download link carries its token, because it can carry no header. */
export function recordingUrl(recording: Recording, token: string): string {
  const url = recording.url ?? '';
  const path = url.startsWith('/api') || url.startsWith('http') ? url : `/api${url}`;
  return `${path}?token=${encodeURIComponent(token)}`;
}
