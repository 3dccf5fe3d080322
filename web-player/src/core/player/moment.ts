/** The moment that an address names with `t`: seconds, or as people write them; null for none. */
export function readMoment(text: string | null): number | null {
  const plain = /^(\d{1,6}(?:\.\d{1,3})?)s?$/.exec(text ?? '');
  if (plain) {
    return Number(plain[1]);
  }
  const words = /^(?:(\d{1,3})h)?(?:(\d{1,4})m)?(?:(\d{1,5})s)?$/.exec(text ?? '');
  const clock = /^(?:(\d{1,3}):)?(\d{1,4}):(\d\d)$/.exec(text ?? '');
  const found = text ? (words ?? clock) : null;
  return found
    ? Number(found[1] ?? 0) * 3600 + Number(found[2] ?? 0) * 60 + Number(found[3] ?? 0)
    : null;
}
