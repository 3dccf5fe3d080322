import { Store } from '../core/store.ts';

export interface DeviceLists {
  readonly microphones: readonly MediaDeviceInfo[];
  readonly cameras: readonly MediaDeviceInfo[];
  readonly speakers: readonly MediaDeviceInfo[];
}

/** What a person chose, kept for the next time. */
export interface DeviceChoice {
  readonly microphone: string;
  readonly camera: string;
  readonly speaker: string;
  /** No echo or noise processing: for music, or for a good microphone in a quiet room. */
  readonly originalSound: boolean;
}

export type DeviceTrouble = 'denied' | 'in_use' | 'not_found' | 'insecure' | 'unknown';

const KEY = 'amphi.devices';
const NOTHING: DeviceChoice = { microphone: '', camera: '', speaker: '', originalSound: false };

export function rememberedChoice(): DeviceChoice {
  try {
    return { ...NOTHING, ...(JSON.parse(localStorage.getItem(KEY) ?? '{}') as object) };
  } catch {
    return NOTHING; // Storage is blocked or holds nonsense: start without a memory.
  }
}

export function remember(choice: DeviceChoice): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(choice));
  } catch {
    // Storage is blocked: the choice holds for this page only.
  }
}

/** Why a device could not be had, from what `getUserMedia` throws. */
export function troubleOf(error: unknown): DeviceTrouble {
  switch (error instanceof DOMException ? error.name : '') {
    case 'NotAllowedError':
    case 'SecurityError':
      return 'denied';
    case 'NotReadableError':
    case 'AbortError':
      return 'in_use';
    case 'NotFoundError':
    case 'OverconstrainedError':
      return 'not_found';
    default:
      return 'unknown';
  }
}

/** Whether this page may ask for a camera at all: only over https or on this very machine. */
export function canAsk(): boolean {
  return window.isSecureContext && !!navigator.mediaDevices?.getUserMedia;
}

export function openMicrophone(choice: DeviceChoice): Promise<MediaStream> {
  const processed = !choice.originalSound;
  return navigator.mediaDevices.getUserMedia({
    audio: {
      ...(choice.microphone && { deviceId: { ideal: choice.microphone } }),
      echoCancellation: processed,
      noiseSuppression: processed,
      autoGainControl: processed,
    },
  });
}

/** @param heightPixels 720 for who leads the class, 360 for a tile among others */
export function openCamera(choice: DeviceChoice, heightPixels: number): Promise<MediaStream> {
  return navigator.mediaDevices.getUserMedia({
    video: {
      ...(choice.camera && { deviceId: { ideal: choice.camera } }),
      width: { ideal: (heightPixels * 16) / 9 },
      height: { ideal: heightPixels },
      frameRate: { ideal: 30, max: 30 },
    },
  });
}

export function openScreen(): Promise<MediaStream> {
  return navigator.mediaDevices.getDisplayMedia({
    video: { width: { max: 1920 }, height: { max: 1080 }, frameRate: { ideal: 15, max: 30 } },
    audio: true,
  });
}

/** The devices that are plugged in, kept current while somebody watches. */
export class DeviceWatch {
  readonly lists = new Store<DeviceLists>({ microphones: [], cameras: [], speakers: [] });
  readonly #refresh = (): void => void this.refresh();

  start(): void {
    navigator.mediaDevices?.addEventListener('devicechange', this.#refresh);
    void this.refresh();
  }

  stop(): void {
    navigator.mediaDevices?.removeEventListener('devicechange', this.#refresh);
  }

  async refresh(): Promise<void> {
    const all = (await navigator.mediaDevices?.enumerateDevices()) ?? [];
    const of = (kind: MediaDeviceKind): MediaDeviceInfo[] =>
      all.filter((device) => device.kind === kind && device.deviceId !== '');
    this.lists.set({
      microphones: of('audioinput'),
      cameras: of('videoinput'),
      speakers: of('audiooutput'),
    });
  }
}
