import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Store } from '../core/store.ts';

/** Draws its element again whenever a store changes, while the element is on the page. */
export class Watching implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #stores: () => readonly (Store<never> | undefined)[];
  #stops: (() => void)[] = [];

  constructor(host: ReactiveControllerHost, stores: () => readonly (Store<never> | undefined)[]) {
    this.#host = host;
    this.#stores = stores;
    host.addController(this);
  }

  hostConnected(): void {
    this.again();
  }

  hostDisconnected(): void {
    this.#stops.forEach((stop) => stop());
    this.#stops = [];
  }

  /** The stores themselves are others now. */
  again(): void {
    this.hostDisconnected();
    this.#stops = this.#stores().flatMap((store) =>
      store ? [store.watch(() => this.#host.requestUpdate())] : [],
    );
  }
}
