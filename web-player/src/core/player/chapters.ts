/** Where something new begins in a recording. */
export interface Chapter {
  readonly start_s: number;
  readonly title: string;
}

/** Which chapter a moment is in; −1 before the first. Chapters are in order. */
export function chapterAt(chapters: readonly Chapter[], at: number): number {
  return chapters.findLastIndex(({ start_s }) => start_s <= at);
}
