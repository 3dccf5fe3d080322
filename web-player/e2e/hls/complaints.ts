/** What was found wrong, each kind once with how often it came. */
export class Complaints {
  readonly #found = new Map<string, { first: string; times: number }>();

  /** Takes a finding; findings that differ in their numbers only count as one. */
  add(where: string, rule: string, detail: string): void {
    const kind = `${where} ${rule} ${detail.replaceAll(/[\d.]+/g, '#')}`;
    const known = this.#found.get(kind);
    if (known) {
      known.times++;
    } else {
      this.#found.set(kind, { first: `${where}: ${detail} (${rule})`, times: 1 });
    }
  }

  get lines(): string[] {
    return [...this.#found.values()].map(
      ({ first, times }) => first + (times > 1 ? `, and ${times - 1} more` : ''),
    );
  }
}
