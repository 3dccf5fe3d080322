import type { Cut } from '../core/recording/cut.ts';
import type { KeptTracks } from '../core/recording/tracks.ts';
import { at, call, type Recording } from './api.ts';

const of = (room: string, id: string): string => `${at(room)}/recordings/${encodeURIComponent(id)}`;

export const cutOut = (room: string, id: string, token: string, part: Cut): Promise<Recording> =>
  call('PUT', `${of(room, id)}/trim`, token, part);

export const removePart = (room: string, id: string, token: string): Promise<Recording> =>
  call('DELETE', `${of(room, id)}/trim`, token);

export const seeTracks = (room: string, id: string, token: string): Promise<KeptTracks> =>
  call('GET', `${of(room, id)}/tracks`, token);
