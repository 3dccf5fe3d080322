const KEY = 'amphi.name';

/** The name that a viewer gave the last time, or ''. */
export function rememberedName(): string {
  try {
    return localStorage.getItem(KEY) ?? '';
  } catch {
    return ''; // Storage is blocked: the name is asked again.
  }
}

export function keepName(name: string): void {
  try {
    localStorage.setItem(KEY, name);
  } catch {
    // Storage is blocked: the name lives as long as this page.
  }
}
