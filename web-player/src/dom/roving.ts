const STEPS: Readonly<Record<string, number>> = {
  ArrowRight: 1,
  ArrowDown: 1,
  ArrowLeft: -1,
  ArrowUp: -1,
};

/**
 * The arrow keys, Home and End move the focus within a group that is one stop of the Tab key (WAI-ARIA
 * Authoring Practices, "Keyboard Navigation Inside Components"); what is chosen stays as it is until
 * somebody presses. The keys do nothing else then: they also turn slides.
 */
export function rove(event: KeyboardEvent, group: Element, selector: string): void {
  const stops = [...group.querySelectorAll<HTMLElement>(selector)];
  const at = stops.indexOf(event.target as HTMLElement);
  const to = at < 0 ? -1 : target(event.key, at, stops.length);
  if (to >= 0) {
    event.preventDefault();
    event.stopPropagation();
    stops[to]?.focus();
  }
}

function target(key: string, at: number, count: number): number {
  if (key === 'Home') {
    return 0;
  }
  if (key === 'End') {
    return count - 1;
  }
  const step = STEPS[key];
  return step === undefined ? -1 : (at + step + count) % count;
}
