import { Store } from '../core/store.ts';
import {
  openCamera,
  openMicrophone,
  openScreen,
  remember,
  rememberedChoice,
  troubleOf,
  type DeviceChoice,
  type DeviceTrouble,
} from './devices.ts';

export interface LocalMediaState {
  readonly microphone: MediaStreamTrack | null;
  readonly camera: MediaStreamTrack | null;
  readonly screen: MediaStreamTrack | null;
  readonly screenAudio: MediaStreamTrack | null;
  readonly microphoneTrouble: DeviceTrouble | null;
  readonly cameraTrouble: DeviceTrouble | null;
  readonly choice: DeviceChoice;
}

/** One's own microphone, camera and screen; whoever shows or publishes them watches `state`. */
export class LocalMedia {
  readonly state: Store<LocalMediaState>;
  readonly #heightPixels: number;

  constructor(heightPixels: number) {
    this.#heightPixels = heightPixels;
    this.state = new Store<LocalMediaState>({
      microphone: null,
      camera: null,
      screen: null,
      screenAudio: null,
      microphoneTrouble: null,
      cameraTrouble: null,
      choice: rememberedChoice(),
    });
  }

  async startMicrophone(): Promise<boolean> {
    try {
      const stream = await openMicrophone(this.state.value.choice);
      const track = stream.getAudioTracks()[0] ?? null;
      track?.addEventListener('ended', () => this.#patch({ microphone: null }));
      this.state.value.microphone?.stop();
      this.#patch({ microphone: track, microphoneTrouble: null });
      return true;
    } catch (error) {
      this.#patch({ microphone: null, microphoneTrouble: troubleOf(error) });
      return false;
    }
  }

  async startCamera(): Promise<boolean> {
    try {
      const stream = await openCamera(this.state.value.choice, this.#heightPixels);
      const track = stream.getVideoTracks()[0] ?? null;
      track?.addEventListener('ended', () => this.#patch({ camera: null }));
      this.state.value.camera?.stop();
      this.#patch({ camera: track, cameraTrouble: null });
      return true;
    } catch (error) {
      this.#patch({ camera: null, cameraTrouble: troubleOf(error) });
      return false;
    }
  }

  stopCamera(): void {
    this.state.value.camera?.stop();
    this.#patch({ camera: null });
  }

  /** False when the person chose nothing to share. */
  async startScreen(): Promise<boolean> {
    try {
      const stream = await openScreen();
      const track = stream.getVideoTracks()[0] ?? null;
      track?.addEventListener('ended', () => this.stopScreen());
      this.#patch({ screen: track, screenAudio: stream.getAudioTracks()[0] ?? null });
      return track !== null;
    } catch {
      return false; // The person closed the picker.
    }
  }

  stopScreen(): void {
    this.state.value.screen?.stop();
    this.state.value.screenAudio?.stop();
    this.#patch({ screen: null, screenAudio: null });
  }

  /** Remembers another device and opens it where it is in use. */
  async choose(change: Partial<DeviceChoice>): Promise<void> {
    const choice = { ...this.state.value.choice, ...change };
    remember(choice);
    this.#patch({ choice });
    if (
      (change.microphone !== undefined || change.originalSound !== undefined) &&
      this.state.value.microphone
    ) {
      await this.startMicrophone();
    }
    if (change.camera !== undefined && this.state.value.camera) {
      await this.startCamera();
    }
  }

  /** Tells those who watch that a track was muted or opened, which the track itself does not. */
  touch(): void {
    this.#patch({});
  }

  /** Gives every device back. */
  stop(): void {
    this.state.value.microphone?.stop();
    this.stopCamera();
    this.stopScreen();
    this.#patch({ microphone: null });
  }

  #patch(change: Partial<LocalMediaState>): void {
    this.state.set({ ...this.state.value, ...change });
  }
}
