/** Seconds as people read them: `4:07`, `1:04:07`; behind live with a minus sign. */
export function clockText(seconds: number): string {
  const whole = Math.floor(Math.abs(seconds));
  const pad = (n: number): string => String(n).padStart(2, '0');
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor(whole / 60) % 60;
  const text = hours
    ? `${hours}:${pad(minutes)}:${pad(whole % 60)}`
    : `${minutes}:${pad(whole % 60)}`;
  return seconds < 0 && whole > 0 ? `−${text}` : text;
}
