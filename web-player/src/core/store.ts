/** A value that changes, and those who look at it. */
export class Store<T> {
  #value: T;
  readonly #watchers = new Set<(value: T) => void>();

  constructor(initial: T) {
    this.#value = initial;
  }

  get value(): T {
    return this.#value;
  }

  set(value: T): void {
    if (value === this.#value) {
      return;
    }
    this.#value = value;
    for (const watcher of [...this.#watchers]) {
      watcher(value);
    }
  }

  /** Calls `watcher` at once and on each change; returns how to stop. */
  watch(watcher: (value: T) => void): () => void {
    this.#watchers.add(watcher);
    watcher(this.#value);
    return () => this.#watchers.delete(watcher);
  }

  /** The first value, now or later, of which that holds. */
  when(holds: (value: T) => boolean): Promise<T> {
    return new Promise((found) => {
      const watcher = (value: T): void => {
        if (holds(value)) {
          this.#watchers.delete(watcher);
          found(value);
        }
      };
      this.#watchers.add(watcher);
      watcher(this.#value);
    });
  }
}
