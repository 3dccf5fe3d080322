import type { NewPush, Push } from '../core/push/pushes.ts';
import { at, call } from './api.ts';

export const seePushes = (room: string, token: string): Promise<readonly Push[]> =>
  call('GET', `${at(room)}/pushes`, token);

export const addPush = (room: string, token: string, wanted: NewPush): Promise<Push> =>
  call('POST', `${at(room)}/pushes`, token, wanted);

export const removePush = (room: string, token: string, id: string): Promise<void> =>
  call('DELETE', `${at(room)}/pushes/${encodeURIComponent(id)}`, token);
